"""What notices do when a fact has happened."""

from jingwei.kernel.public import WHOLE, FactRow, handles
from jingwei.notices.devices import end_devices_left
from jingwei.people.public import Member, SessionsEnded


@handles(SessionsEnded, reach=WHOLE)
def end_devices_of_ended_sessions(fact: FactRow) -> None:
    """A telephone that was lost shows nothing any more once its session has been ended."""
    member = Member.objects.filter(pk=fact.data["member_id"]).first()
    if member is not None:
        end_devices_left(member)
