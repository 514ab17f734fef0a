"""Changes of areas take effect on their day; map files that nobody took in go."""

from procrastinate.contrib.django import app

from jingwei.kernel.public import WHOLE, clock, entered
from jingwei.places.changes.effect import apply_due_changes, bring_latecomers
from jingwei.places.coverage.uploads import forget_uploads


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="places.apply_changes", queue="upkeep", queueing_lock="places.apply_changes", lock="places.apply_changes"
)
@entered(WHOLE)
def apply_area_changes(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    now = clock.now()
    apply_due_changes(now)
    bring_latecomers(now)


@app.periodic(cron="25 * * * *")
@app.task(name="places.forget_uploads", queue="upkeep", queueing_lock="places.forget_uploads")
def forget_map_files(timestamp: int) -> None:  # noqa: ARG001
    forget_uploads(clock.now())
