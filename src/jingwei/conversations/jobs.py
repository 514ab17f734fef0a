"""What is done by the clock: overdue answers go to the community, held files are shown to the scanner again."""

from procrastinate.contrib.django import app

from jingwei.conversations.actions.files import look_again
from jingwei.conversations.actions.waiting import raise_overdue


@app.periodic(cron="* * * * *")
@app.task(name="conversations.raise_overdue", queue="signals", queueing_lock="conversations.raise_overdue")
def raise_overdue_answers(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    raise_overdue()


@app.periodic(cron="* * * * *")
@app.task(name="conversations.look_again", queue="upkeep", queueing_lock="conversations.look_again")
def look_at_held_files(timestamp: int) -> None:  # noqa: ARG001
    while look_again():
        pass
