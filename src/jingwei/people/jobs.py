"""Upkeep: what has run out is deleted once a night."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.kernel.public import WHOLE, clock, entered, opened
from jingwei.people.actions import close_leavers
from jingwei.people.importing import sheets
from jingwei.people.models import Authenticator, StaffSheet

SET_UP_LIVES = timedelta(days=1)


@app.task(name="people.run_staff_sheet", queue="upkeep", retry=RetryStrategy(max_attempts=3, wait=10))
def run_staff_sheet(key: str) -> None:
    """Take in the rows of a sheet."""
    with opened(WHOLE):
        sheet = StaffSheet.objects.filter(pk=key, state=StaffSheet.State.RUNNING).first()
    if sheet is not None:
        sheets.run_sheet(sheet)


@app.periodic(cron="37 3 * * *")
@app.task(name="people.forget_expired", queue="upkeep", queueing_lock="people.forget_expired")
@entered(WHOLE)
def forget_expired(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    """Authenticators whose setting up was begun and not finished; accounts of those who have left."""
    close_leavers(clock.now())
    Authenticator.objects.filter(confirmed_at=None, created_at__lte=clock.now() - SET_UP_LIVES).delete()
