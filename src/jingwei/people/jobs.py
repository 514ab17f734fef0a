"""Upkeep: what has run out is deleted once a night."""

from datetime import timedelta

from procrastinate.contrib.django import app

from jingwei.kernel.public import clock
from jingwei.people import rates
from jingwei.people.models import Authenticator, SignInCode, TrustedBrowser
from jingwei.people.sessions import SessionStore

SET_UP_LIVES = timedelta(days=1)


@app.periodic(cron="37 3 * * *")
@app.task(name="people.forget_expired", queue="upkeep", queueing_lock="people.forget_expired")
def forget_expired(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    """Sessions, codes, trust in browsers, what was begun and not finished, and counters of tries."""
    SessionStore.clear_expired()
    TrustedBrowser.objects.filter(expires_at__lte=clock.now()).delete()
    Authenticator.objects.filter(confirmed_at=None, created_at__lte=clock.now() - SET_UP_LIVES).delete()
    SignInCode.objects.filter(expires_at__lte=clock.now()).delete()
    rates.forget_old(clock.now())
