"""The frame of every action: one transaction that holds the mediation, asks the permit, and tells that it went on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.mediation.facts import MediationMoved
from jingwei.mediation.models import Mediation, Step
from jingwei.mediation.rules import check_open
from jingwei.people.public import Member

LONGEST_WORDS = 4000


@contextmanager
def holding(
    mediation: Mediation, permit: str, verb: str, *, by: Member, now: datetime | None, is_open_needed: bool = True
) -> Iterator[tuple[Mediation, datetime]]:
    """The mediation as it stands, and the moment. Refused where it has ended, unless that is no matter."""
    with atomic():
        row = Mediation.objects.select_for_update().get(pk=mediation.pk)
        require(by, permit, row)
        if is_open_needed:
            check_open(is_open=row.is_open)
        at = now or clock.now()
        yield row, at
        publish(MediationMoved(mediation_id=str(row.pk), verb=verb), by=by, at=at)


def note(row: Mediation, verb: str, *, by: Member, at: datetime, words: str = "", about: Member | None = None) -> None:
    """Write down what was done."""
    Step.objects.create(
        mediation=row, verb=verb, level=row.level, member=by, about=about, words=words.strip(), made_at=at
    )


def need_words(words: str) -> str:
    """The words, without what is around them; Refused where there are none, or too many."""
    words = words.strip()
    if not words:
        raise Refused(_("Say it in a sentence: whoever goes on with this reads it."))
    if len(words) > LONGEST_WORDS:
        raise Refused(_("That is too long: %(n)d characters at most.") % {"n": LONGEST_WORDS})
    return words
