"""What phones lose when a fact has happened."""

from jingwei.kernel.public import WHOLE, FactRow, handles
from jingwei.offline.actions import withdraw_phones
from jingwei.people.public import Member, MemberClosed, SessionsEnded


@handles(SessionsEnded, reach=WHOLE)
def withdraw_after_sessions_were_ended(fact: FactRow) -> None:
    """Ended by who manages accounts: a phone may have been lost. Who ends sessions of their own names the phone."""
    if fact.actor_id != fact.data["member_id"]:
        _withdraw(fact)


@handles(MemberClosed, reach=WHOLE)
def withdraw_from_who_left(fact: FactRow) -> None:
    _withdraw(fact)


def _withdraw(fact: FactRow) -> None:
    member = Member.objects.filter(pk=fact.data["member_id"]).first()
    if member is not None:
        withdraw_phones(member)
