"""The kernel's own jobs: running handlers, and keeping the tables of facts and jobs in order."""

from datetime import UTC, datetime, timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.kernel import clock
from jingwei.kernel.facts.handling import handle
from jingwei.kernel.facts.models import HandledFact
from jingwei.kernel.facts.partitions import ensure_partitions
from jingwei.kernel.retention import forget_all
from jingwei.kernel.watch.policy_reports import forget_old_reports

MARKS_KEPT = timedelta(days=90)
PATIENCE = RetryStrategy(max_attempts=16, exponential_wait=2)  # the last wait is 18 hours
SOON_AGAIN = RetryStrategy(max_attempts=10, wait=60)


@app.task(name="kernel.handle_fact", queue="facts", retry=PATIENCE)
def handle_fact(handler: str, seq: int) -> None:
    handle(handler, seq)


@app.periodic(cron="17 3 * * *")
@app.task(
    name="kernel.ensure_fact_partitions",
    queue="upkeep",
    queueing_lock="kernel.ensure_fact_partitions",
    retry=SOON_AGAIN,
)
def ensure_fact_partitions(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    ensure_partitions()


@app.periodic(cron="27 3 * * *")
@app.task(name="kernel.forget_old_marks", queue="upkeep", queueing_lock="kernel.forget_old_marks", retry=SOON_AGAIN)
def forget_old_marks(timestamp: int) -> None:  # noqa: ARG001
    """Marks only keep jobs that are still about from running twice."""
    HandledFact.objects.filter(handled_at__lt=datetime.now(UTC) - MARKS_KEPT).delete()


@app.periodic(cron="37 3 * * *")
@app.task(name="kernel.forget_old_reports", queue="upkeep", queueing_lock="kernel.forget_old_reports", retry=SOON_AGAIN)
def forget_reports(timestamp: int) -> None:  # noqa: ARG001
    forget_old_reports(datetime.now(UTC))


@app.periodic(cron="7 2 * * *")
@app.task(name="kernel.forget", queue="upkeep", queueing_lock="kernel.forget", lock="kernel.forget", retry=SOON_AGAIN)
def forget(timestamp: int) -> None:  # noqa: ARG001
    """What has been kept as long as the register of personal data says."""
    forget_all(clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="kernel.retry_stalled_jobs", queue="upkeep", queueing_lock="kernel.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001
    """Queue again what a worker was doing when it was killed."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
