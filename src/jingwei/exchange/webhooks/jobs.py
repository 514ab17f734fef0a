"""Upkeep: the log of attempts is kept for a month."""

from procrastinate.contrib.django import app

from jingwei.exchange.webhooks.models import Attempt
from jingwei.exchange.webhooks.personal import KEPT
from jingwei.kernel.public import clock


@app.periodic(cron="41 3 * * *")
@app.task(name="webhooks.forget_attempts", queue="upkeep", queueing_lock="webhooks.forget_attempts")
def forget_attempts(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    Attempt.objects.filter(at__lt=clock.now() - KEPT).delete()
