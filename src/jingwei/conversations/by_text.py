"""What somebody answers by text message is said to their grid worker."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from jingwei.cases.public import spots_of
from jingwei.conversations.actions import open_conversation, say
from jingwei.conversations.actions.talking import MOST_WORDS
from jingwei.conversations.reading import current_of
from jingwei.people.public import Member
from jingwei.places.public import Level, level_of


def take(member: Member, text: str, key: str, now: datetime) -> bool:
    """In the thread with the grid that they chose, or where they last reported; False where neither is known."""
    conversation = current_of(member)
    if conversation is None:
        grids = [spot.code for spot in spots_of(member) if level_of(spot.code) == Level.GRID]
        if not grids:
            return False
        conversation = open_conversation(grids[0], by=member, now=now)
    say(conversation, text[:MOST_WORDS], key=uuid5(NAMESPACE_URL, f"sms/{member.pk}/{key}"), by=member, now=now)
    return True
