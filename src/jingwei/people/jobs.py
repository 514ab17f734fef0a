"""Upkeep: what has run out is deleted once a night."""

from procrastinate.contrib.django import app

from jingwei.kernel.public import clock
from jingwei.people import rates
from jingwei.people.models import SignInCode
from jingwei.people.sessions import SessionStore


@app.periodic(cron="37 3 * * *")
@app.task(name="people.forget_expired", queue="upkeep", queueing_lock="people.forget_expired")
def forget_expired(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    """Sessions, codes and counters of tries."""
    SessionStore.clear_expired()
    SignInCode.objects.filter(expires_at__lte=clock.now()).delete()
    rates.forget_old(clock.now())
