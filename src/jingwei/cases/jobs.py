"""Upkeep: the docket's counts, and reports that were begun and never sent."""

from procrastinate.contrib.django import app

from jingwei.cases.actions.pending import forget_pending
from jingwei.cases.docket import fold_counts
from jingwei.kernel.public import clock


@app.periodic(cron="* * * * *")
@app.task(name="cases.fold_counts", queue="upkeep", queueing_lock="cases.fold_counts", lock="cases.fold_counts")
def fold_docket_counts(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    fold_counts()


@app.periodic(cron="13 * * * *")
@app.task(name="cases.forget_pending", queue="upkeep", queueing_lock="cases.forget_pending")
def forget_unsent_reports(timestamp: int) -> None:  # noqa: ARG001
    forget_pending(clock.now())
