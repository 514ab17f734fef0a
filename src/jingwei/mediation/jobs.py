"""What is done by the clock: in the morning, those who mediate are reminded."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.kernel.public import WHOLE, clock, entered
from jingwei.mediation.telling import remind

MORNING = 8
"""O'clock, on the district's clock."""


@app.periodic(cron="5 * * * *")
@app.task(
    name="mediation.remind",
    queue="upkeep",
    queueing_lock="mediation.remind",
    retry=RetryStrategy(max_attempts=10, wait=60),
)
@entered(WHOLE)
def remind_of_the_day(timestamp: int) -> None:
    now = datetime.fromtimestamp(timestamp, UTC)
    if clock.local(now).hour == MORNING:
        remind(now)
