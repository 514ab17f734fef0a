"""Carrying notices out: at once when one is written, and each minute for what had to wait."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.kernel.public import WHOLE, entered
from jingwei.notices.confirming import send_confirmation
from jingwei.notices.delivering import deliver_due
from jingwei.notices.models import Choices


@app.task(name="notices.deliver", queue="notices")
@entered(WHOLE)
def deliver() -> None:
    """Whatever is due, whoever asked for it. Where several run, each takes what the others have not."""
    for _delivery in deliver_due():
        pass


@app.periodic(cron="* * * * *")
@app.task(name="notices.deliver_waiting", queue="notices", queueing_lock="notices.deliver_waiting")
@entered(WHOLE)
def deliver_waiting(timestamp: int) -> None:  # noqa: ARG001 - procrastinate says when it was due
    """What was held by quiet hours, waits for another try, or was left behind by whoever died."""
    for _delivery in deliver_due():
        pass


@app.task(name="notices.ask_to_confirm", queue="notices", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
@entered(WHOLE)
def ask_to_confirm(member_id: int) -> None:
    """The mail by which the owner of a mailbox says that it is theirs."""
    row = Choices.objects.select_related("member").filter(pk=member_id, confirmed_at=None, email__held=True).first()
    if row is not None:
        send_confirmation(row)
