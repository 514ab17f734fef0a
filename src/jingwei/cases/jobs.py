"""Upkeep of the docket's counts."""

from procrastinate.contrib.django import app

from jingwei.cases.docket import fold_counts


@app.periodic(cron="* * * * *")
@app.task(name="cases.fold_counts", queue="upkeep", queueing_lock="cases.fold_counts", lock="cases.fold_counts")
def fold_docket_counts(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    fold_counts()
