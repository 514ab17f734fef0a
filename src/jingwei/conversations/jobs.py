"""What is done by the clock: answers that are overdue go to the community."""

from procrastinate.contrib.django import app

from jingwei.conversations.actions.waiting import raise_overdue


@app.periodic(cron="* * * * *")
@app.task(name="conversations.raise_overdue", queue="signals", queueing_lock="conversations.raise_overdue")
def raise_overdue_answers(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    raise_overdue()
