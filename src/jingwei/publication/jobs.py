"""Upkeep, every night: public copies that are missing, or say more than their cases still do; and the figures."""

from procrastinate.contrib.django import app

from jingwei.publication.catching_up import catch_up
from jingwei.publication.figures import reckon_figures


@app.periodic(cron="21 3 * * *")
@app.task(
    name="publication.catch_up", queue="upkeep", queueing_lock="publication.catch_up", lock="publication.catch_up"
)
def catch_up_nightly(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    catch_up()


@app.periodic(cron="41 3 * * *")
@app.task(name="publication.figures", queue="upkeep", queueing_lock="publication.figures", lock="publication.figures")
def reckon_figures_nightly(timestamp: int) -> None:  # noqa: ARG001
    reckon_figures()
