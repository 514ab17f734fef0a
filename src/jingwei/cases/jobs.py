"""What is done by the clock: the docket's counts, reports that were begun and never sent, dates that the calendars
move, signals that are due.
"""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.cases.actions.pending import forget_pending
from jingwei.cases.actions.rescheduling import reschedule_cases
from jingwei.cases.actions.suspending import resume_due_cases
from jingwei.cases.actions.sweep import sweep_signals
from jingwei.cases.docket import fold_counts
from jingwei.cases.suggesting import learn
from jingwei.cases.telling_clocks import MORNING, tell_the_day
from jingwei.cases.telling_pauses import remind_of_reviews
from jingwei.kernel.public import WHOLE, clock, entered


@app.periodic(cron="* * * * *")
@app.task(name="cases.fold_counts", queue="upkeep", queueing_lock="cases.fold_counts", lock="cases.fold_counts")
def fold_docket_counts(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    fold_counts()


@app.periodic(cron="13 * * * *")
@app.task(name="cases.forget_pending", queue="upkeep", queueing_lock="cases.forget_pending")
@entered(WHOLE)
def forget_unsent_reports(timestamp: int) -> None:  # noqa: ARG001
    forget_pending(clock.now())


EVERYWHERE = 3
"""Seconds. By then every process has seen the new edition: what was reckoned by the old one is there to be found."""
PATIENCE = RetryStrategy(max_attempts=10, wait=60)


@app.task(name="cases.reschedule", queue="upkeep", lock="cases.reschedule", retry=PATIENCE)
@entered(WHOLE)
def reschedule() -> None:
    reschedule_cases()


def reschedule_soon() -> None:
    """Queue it, within the transaction that is open."""
    reschedule.configure(schedule_in={"seconds": EVERYWHERE}).defer()


@app.periodic(cron="7 4 * * *")
@app.task(name="cases.reschedule_nightly", queue="upkeep", queueing_lock="cases.reschedule_nightly")
@entered(WHOLE)
def reschedule_what_is_left(timestamp: int) -> None:  # noqa: ARG001
    """What a job that was lost would have moved."""
    reschedule_cases()


@app.periodic(cron="* * * * *")
@app.task(name="cases.sweep_signals", queue="signals", queueing_lock="cases.sweep_signals")
def give_due_signals(timestamp: int) -> None:  # noqa: ARG001
    """Another worker may help where one run takes longer than until the next."""
    sweep_signals()


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.resume", queue="upkeep", queueing_lock="cases.resume", lock="cases.resume", retry=PATIENCE)
@entered(WHOLE)
def resume_what_is_due(timestamp: int) -> None:  # noqa: ARG001
    """What nobody has kept suspended beyond its review goes on by itself."""
    resume_due_cases()


@app.periodic(cron="0 * * * *")
@app.task(name="cases.remind_reviews", queue="upkeep", queueing_lock="cases.remind_reviews", retry=PATIENCE)
@entered(WHOLE)
def remind_of_todays_reviews(timestamp: int) -> None:
    """In the morning, whoever granted a suspension that is reviewed today; told once though it runs again."""
    now = datetime.fromtimestamp(timestamp, UTC)
    if clock.local(now).hour == MORNING:
        remind_of_reviews(now)


@app.periodic(cron="51 3 * * *")
@app.task(name="cases.learn", queue="upkeep", queueing_lock="cases.learn", lock="cases.learn")
@entered(WHOLE)
def learn_classes(timestamp: int) -> None:  # noqa: ARG001
    """Which words belong to which class, from all closed cases."""
    learn()


@app.periodic(cron="0 * * * *")
@app.task(name="cases.tell_the_day", queue="upkeep", queueing_lock="cases.tell_the_day", retry=PATIENCE)
@entered(WHOLE)
def tell_each_their_day(timestamp: int) -> None:
    """In the morning of the district, whatever clock the schedule runs on; told once though it runs again."""
    now = datetime.fromtimestamp(timestamp, UTC)
    if clock.local(now).hour == MORNING:
        tell_the_day(now)
