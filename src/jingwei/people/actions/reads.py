"""Nobody reads a person's data in silence."""

from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock
from jingwei.people.models import Member, Read
from jingwei.people.reads import OTHER, REASONS, WORK, is_kind

MOST_WORDS = 200


def note_read(
    kind: str,
    *,
    subject_id: int | None,
    thing: str = "",
    code: int | None = None,
    reason: str = WORK,
    words: str = "",
    by: Member,
    now: datetime | None = None,
) -> None:
    """Note that `by` is shown what `kind` says of a person, before it is shown. One's own data is not noted.

    The note itself is what is announced: it stands in the log, not among the facts.
    """
    if not is_kind(kind):
        raise ValueError(f"{kind} is no registered kind of reading")
    words = words.strip()
    if reason not in REASONS:
        raise Refused(_("Choose a reason from the list."))
    if reason == OTHER and not words:
        raise Refused(_("Say in a few words what it is for."))
    if len(words) > MOST_WORDS:
        raise Refused(_("The reason has %(n)d characters at most.") % {"n": MOST_WORDS})
    if subject_id == by.pk:
        return
    Read.objects.create(
        kind=kind,
        reader=by,
        subject_id=subject_id,
        thing=thing,
        code=code,
        reason=reason,
        words=words,
        read_at=now or clock.now(),
    )
