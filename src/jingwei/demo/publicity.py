"""What everybody sees of the demo: public copies, photos that an officer released, neighbours whom a case concerns too.

And what is done at night on a site that has been running for half a year: figures, and classes learned from words.
"""

from datetime import datetime
from random import Random

from jingwei.cases.public import Photo, learn
from jingwei.people.public import Member, Posting, load_member
from jingwei.publication.public import (
    PublicCase,
    ReleasedPhoto,
    Support,
    catch_up,
    reckon_figures,
    release_photo,
    support,
)

SEED = 20
CASES, PHOTOS, NEIGHBOURS = 15, 12, 9
"""How many cases concern others, how many photos are released, and how many neighbours there are at most."""


def show_everybody(now: datetime) -> int:
    """Gives how many copies are new. What people do is done once."""
    made = catch_up()
    if made and not Support.objects.exists():
        _support(Random(SEED), now)
        _release(now)
        reckon_figures(now)
        learn(now)
    return made


def _support(chance: Random, now: datetime) -> None:
    neighbours = list(Member.objects.filter(kind=Member.Kind.RESIDENT).order_by("pk")[: NEIGHBOURS * 2])
    rows = PublicCase.objects.filter(is_shown=True, closed_at=None).order_by("-reported_at")[:CASES]
    for row in rows:
        for neighbour in chance.sample(neighbours, k=min(chance.randint(1, NEIGHBOURS), len(neighbours))):
            support(row, is_concerned=True, follows=True, by=neighbour, now=now)


def _release(now: datetime) -> None:
    posting = Posting.objects.filter(role="dispatcher", ends_on=None).order_by("pk").first()
    if posting is None or (dispatcher := load_member(posting.member_id)) is None:
        return
    shown = PublicCase.objects.filter(is_shown=True).values("pk")
    waiting = Photo.objects.filter(case_id__in=shown).exclude(pk__in=ReleasedPhoto.objects.values("pk"))
    for photo in waiting.select_related("case").order_by("-pk")[:PHOTOS]:
        release_photo(photo, by=dispatcher, now=now)
