"""Who may do what with conversations: residents with their own, whoever works in the grid, the community by and by.

Of a conversation that somebody may see, the database shows them the messages that are for them: see the policy in
`migrations/0001_initial.py`.
"""

from dataclasses import dataclass

from django.db.models import Q

from jingwei.conversations.models import Conversation, Terms
from jingwei.kernel.public import Permit, permit
from jingwei.people.public import Member, has_duty, has_duty_anywhere, own

ANSWER = "conversations.answer"
WATCH = "conversations.watch"
ON_CALL = "conversations.on_call"
SET_UP = "configuration.manage"


@dataclass(frozen=True)
class Raised(Permit):
    """It waits for an answer, and went to the community."""

    def holds(self, member: Member, thing: Conversation) -> bool:  # noqa: ARG002 - the same for everyone
        return thing.raised_at is not None

    def lists(self, member: Member) -> list[Q]:  # noqa: ARG002 - the same for everyone
        return [Q(raised_at__isnull=False)]


resident = own("member")
grid = has_duty(ANSWER)
community = has_duty(WATCH)

permit("conversations.see", resident | grid | (community & Raised()), Conversation)
permit("conversations.say", resident | grid | (community & Raised()), Conversation)
permit("conversations.answer", grid | (community & Raised()), Conversation)
permit("conversations.set_terms", has_duty_anywhere(SET_UP), Terms)
