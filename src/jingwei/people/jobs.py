"""Upkeep: what has run out is deleted once a night."""

from datetime import timedelta

from procrastinate.contrib.django import app

from jingwei.kernel.public import clock
from jingwei.people.models import Authenticator

SET_UP_LIVES = timedelta(days=1)


@app.periodic(cron="37 3 * * *")
@app.task(name="people.forget_expired", queue="upkeep", queueing_lock="people.forget_expired")
def forget_expired(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    """Authenticators whose setting up was begun and not finished."""
    Authenticator.objects.filter(confirmed_at=None, created_at__lte=clock.now() - SET_UP_LIVES).delete()
