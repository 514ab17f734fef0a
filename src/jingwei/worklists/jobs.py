"""What is done by the clock: in the morning, grids are reminded of what is due."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.kernel.public import WHOLE, clock, entered
from jingwei.worklists.telling import remind

MORNING = 8
"""O'clock, on the district's clock."""


@app.periodic(cron="7 * * * *")
@app.task(
    name="worklists.remind",
    queue="upkeep",
    queueing_lock="worklists.remind",
    retry=RetryStrategy(max_attempts=10, wait=60),
)
@entered(WHOLE)
def remind_of_what_is_due(timestamp: int) -> None:
    now = datetime.fromtimestamp(timestamp, UTC)
    if clock.local(now).hour == MORNING:
        remind(now)
