"""Changes of areas take effect on their day."""

from procrastinate.contrib.django import app

from jingwei.kernel.public import clock
from jingwei.places.changes.effect import apply_due_changes, bring_latecomers


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="places.apply_changes", queue="upkeep", queueing_lock="places.apply_changes", lock="places.apply_changes"
)
def apply_area_changes(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    now = clock.now()
    apply_due_changes(now)
    bring_latecomers(now)
