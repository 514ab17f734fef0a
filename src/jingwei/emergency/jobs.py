"""What is done by the clock: whoever is called and does not answer in time is followed by the next."""

from procrastinate.contrib.django import app

from jingwei.emergency.calling import call_due


@app.task(name="emergency.call_next", queue="signals")
def call_next() -> None:
    """When the time of a call runs out. It calls whatever is due, so that none is missed and none made twice."""
    call_due()


@app.periodic(cron="* * * * *")
@app.task(name="emergency.sweep", queue="signals", queueing_lock="emergency.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    """What a job that died with its worker would have called."""
    call_due()
