"""Reading that leaves a record: what may be read, for which reasons, and who has read what.

A module tells which kinds of reading it has (`register_read_kind`); the one that knows the things on which personal
data stands tells how to name and find them (`register_things`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from jingwei.kernel.public import WHOLE, Refused, clock, opened
from jingwei.people.models import Member, Posting, Read
from jingwei.places.public import names_of

PAGE = 30
WORK = "work"
OTHER = "other"

REASONS: Mapping[str, Promise] = MappingProxyType(
    {
        WORK: pgettext_lazy("reason to read", "To work on the case"),
        "called": pgettext_lazy("reason to read", "They called, or came to the counter"),
        "call_back": pgettext_lazy("reason to read", "To call back about it"),
        "visit": pgettext_lazy("reason to read", "To agree on a visit"),
        "result": pgettext_lazy("reason to read", "To ask whether the result is right"),
        "danger": pgettext_lazy("reason to read", "There was danger at hand"),
        "account": pgettext_lazy("reason to read", "To look after the account"),
        "postings": pgettext_lazy("reason to read", "To arrange postings"),
        "audit": pgettext_lazy("reason to read", "To check how data is used"),
        OTHER: pgettext_lazy("reason to read", "Something else"),
    }
)


@dataclass(frozen=True)
class ReadKind:
    """`title`: what was read, in the words of the person whose data it is."""

    key: str
    title: Promise


@dataclass(frozen=True)
class Thing:
    """What personal data stands on, as a page names it. `own_url` is for the person concerned."""

    name: str
    own_url: str = ""
    desk_url: str = ""


@dataclass(frozen=True)
class Things:
    """`describe` names things by id; `find` gives the ids that a number or name means."""

    describe: Callable[[Collection[str]], Mapping[str, Thing]]
    find: Callable[[str], list[str]]


@dataclass(frozen=True)
class Reading:
    """Reads of the same by the same person on one day, as a page shows them."""

    reader: str
    office: str
    what: str | Promise
    reason: str | Promise
    words: str
    thing: Thing | None
    at: datetime
    times: int
    subject: str = ""


@dataclass(frozen=True)
class Readings:
    """One page, newest first; `next` begins the following one ("": there is none)."""

    list: list[Reading]
    next: str = ""


@dataclass(frozen=True)
class Named:
    """What the ids of some entries stand for."""

    names: Mapping[int, str]
    offices: Mapping[int, str]
    things: Mapping[str, Thing]


@dataclass(frozen=True)
class Sought:
    """What an auditor looks for. Nothing given: everything."""

    reader_ids: tuple[int, ...] | None = None
    subject_ids: tuple[int, ...] | None = None
    things: tuple[str, ...] | None = None
    kind: str = ""
    reason: str = ""
    since: date | None = None
    until: date | None = None


@dataclass
class _Known:
    kinds: dict[str, ReadKind] = field(default_factory=dict)
    things: Things | None = None


_known = _Known()


def register_read_kind(key: str, title: Promise) -> None:
    _known.kinds[key] = ReadKind(key, title)


def register_things(things: Things) -> None:
    _known.things = things


def read_kinds() -> dict[str, Promise]:
    return {kind.key: kind.title for kind in _known.kinds.values()}


def is_kind(key: str) -> bool:
    return key in _known.kinds


def find_things(text: str) -> tuple[str, ...]:
    """The ids of what a number or name means."""
    return tuple(_known.things.find(text)) if _known.things and text else ()


def reads_of(subject: Member, *, after: str = "") -> Readings:
    """Who looked at the data of `subject`."""
    return _page(Read.objects.filter(subject_id=subject.pk), after)


def reads_by(reader: Member, *, after: str = "") -> Readings:
    """Whose data `reader` looked at."""
    return _page(Read.objects.filter(reader_id=reader.pk), after)


def reads_sought(sought: Sought, *, after: str = "", limit: int = PAGE) -> Readings:
    """What an auditor finds."""
    return _page(rows_sought(sought), after, limit)


def rows_sought(sought: Sought) -> QuerySet[Read]:
    rows = Read.objects.all()
    among = {"reader_id__in": sought.reader_ids, "subject_id__in": sought.subject_ids, "thing__in": sought.things}
    exact = {"kind": sought.kind, "reason": sought.reason}
    if sought.since:
        rows = rows.filter(read_at__gte=_midnight(sought.since))
    if sought.until:
        rows = rows.filter(read_at__lt=_midnight(sought.until + timedelta(days=1)))
    rows = rows.filter(**{name: value for name, value in among.items() if value is not None})
    return rows.filter(**{name: value for name, value in exact.items() if value})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def _page(rows: QuerySet[Read], after: str, limit: int = PAGE) -> Readings:
    if after:
        rows = rows.filter(pk__lt=_key(after))
    found = list(rows.order_by("-pk")[: limit + 1])
    shown = found[:limit]
    return Readings(readings(shown), str(shown[-1].pk) if len(found) > limit else "")


def _key(after: str) -> UUID:
    try:
        return UUID(after)
    except ValueError:
        raise Refused(_("This page of the list cannot be found. Begin again at its top.")) from None


def readings(rows: list[Read]) -> list[Reading]:
    """Rows as people read them: one entry for what the same person read again on the same day.

    Whoever may see an entry sees who and what it names, whatever else lies in their reach.
    """
    with opened(WHOLE):
        named = Named(
            names=dict(Member.objects.filter(pk__in=_members(rows)).values_list("pk", "name")),
            offices=offices_of(rows),
            things=_known.things.describe({row.thing for row in rows if row.thing}) if _known.things else {},
        )
    alike: defaultdict[tuple[object, ...], list[Read]] = defaultdict(list)
    for row in rows:
        alike[_same(row)].append(row)
    return [_reading(group, named) for group in alike.values()]


def _members(rows: Iterable[Read]) -> set[int]:
    return {key for row in rows for key in (row.reader_id, row.subject_id) if key is not None}


def _same(row: Read) -> tuple[object, ...]:
    day = clock.local(row.read_at).date()
    return day, row.reader_id, row.subject_id, row.kind, row.thing, row.reason, row.words


def _reading(rows: list[Read], named: Named) -> Reading:
    row = rows[0]
    return Reading(
        reader=named.names.get(row.reader_id, ""),
        office=named.offices.get(row.reader_id, ""),
        what=read_kinds().get(row.kind, row.kind),
        reason=REASONS.get(row.reason, row.reason),
        words=row.words,
        thing=named.things.get(row.thing),
        at=row.read_at,
        times=len(rows),
        subject=named.names.get(row.subject_id or 0, ""),
    )


def offices_of(rows: Iterable[Read]) -> dict[int, str]:
    """What each reader was at the time: "Grid worker, 7th grid". Their last posting where none held then."""
    days = {row.reader_id: clock.local(row.read_at).date() for row in rows}
    postings = Posting.objects.filter(member_id__in=days).select_related("department").order_by("begins_on", "pk")
    held: dict[int, Posting] = {}
    for posting in postings:
        day, before = days[posting.member_id], held.get(posting.member_id)
        if before is None or not _holds(before, day):
            held[posting.member_id] = posting
    names = names_of(posting.code for posting in held.values() if posting.code is not None)
    return {key: _office(posting, names) for key, posting in held.items()}


def _holds(posting: Posting, day: date) -> bool:
    return posting.begins_on <= day and (posting.ends_on is None or day < posting.ends_on)


def _office(posting: Posting, names: Mapping[int, str]) -> str:
    place = names.get(posting.code or 0, "")
    if posting.department is not None:
        is_chinese = (get_language() or "").startswith("zh")
        place = posting.department.name if is_chinese else posting.department.name_en or posting.department.name
    return _("%(role)s, %(place)s") % {"role": posting.title, "place": place} if place else str(posting.title)
