"""What becomes of each row of a file: a report, or what is wrong in which column. Writes nothing."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jingwei.cases.public import LARGEST_BATCH, Draft, Intake, Origin, current, try_reports
from jingwei.counter.accounts import read_number, resident_with_phone
from jingwei.counter.tickets.ground import Ground
from jingwei.kernel.public import environment
from jingwei.people.public import Member

SPACE = UUID("4b2f0d0e-52f6-4f0e-8d55-1f5c0c8a9b37")
"""Within which the ids of reports are made of a ticket's source and number: the same ticket is the same report."""
LONGEST_KEY, LONGEST_WORDS, LONGEST_ADDRESS, LONGEST_NAME = 80, 2000, 120, 80
MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?)?分?)?"
)


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    ALREADY = "already"
    BAD = "bad"


@dataclass(frozen=True)
class Row:
    """A line of the file by its number there, with its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Trouble:
    """What is wrong, in which of our fields ("": the whole row), and what stands there."""

    field: str
    value: str
    mend: str


@dataclass
class Judged:
    """A row with what would become of it. `is_placed`: more closely than by the place of the counter."""

    number: int
    key: str
    fate: Fate = Fate.BAD
    draft: Draft | None = None
    is_placed: bool = False
    troubles: list[Trouble] = field(default_factory=list)


def judge(
    rows: Sequence[Row], mapping: Mapping[str, int], *, source: str, ground: Ground, by: Member, now: datetime
) -> list[Judged]:
    """Every row, by the same rules by which it would be reported."""
    judged: list[Judged] = []
    seen: dict[str, int] = {}
    classes = _classes()
    for row in rows:
        said = {name: row.cells[at].strip() if at < len(row.cells) else "" for name, at in mapping.items()}
        one = Judged(row.number, said["key"])
        _read(one, said, source=source, ground=ground, classes=classes, now=now)
        if not one.troubles and one.key in seen:
            _blame(one, "key", one.key, _("The same ticket stands in row %(n)d. Take one out.") % {"n": seen[one.key]})
        seen.setdefault(one.key, row.number)
        judged.append(one)
    sound = [one for one in judged if one.draft is not None and not one.troubles]
    for start in range(0, len(sound), LARGEST_BATCH):
        _try(sound[start : start + LARGEST_BATCH], by, now)
    return judged


def _try(batch: Sequence[Judged], by: Member, now: datetime) -> None:
    for one, answer in zip(batch, try_reports([d for o in batch if (d := o.draft)], by=by, now=now), strict=True):
        match answer.result:
            case Intake.CREATED:
                one.fate = Fate.NEW
            case Intake.ALREADY:
                one.fate = Fate.ALREADY
            case Intake.CONFLICT:
                mend = _("This ticket came before with other contents. The first ones stand.")
                _blame(one, "key", one.key, mend)
            case _:
                _blame(one, "", one.key, answer.why)


def _read(
    one: Judged, said: Mapping[str, str], *, source: str, ground: Ground, classes: Mapping[str, str], now: datetime
) -> None:
    """The draft of a row, or its troubles."""
    for name, longest in (("key", LONGEST_KEY), ("words", LONGEST_WORDS), ("name", LONGEST_NAME)):
        if len(said.get(name, "")) > longest:
            _blame(one, name, said[name], _("At most %(n)d characters.") % {"n": longest})
    for name in ("key", "words"):
        if not said[name]:
            _blame(one, name, "", _("Fill it in."))
    at = _moment(one, said.get("reported", ""), now)
    phone = _phone(one, said.get("phone", ""))
    if one.troubles:
        return
    where = ground.find(said.get("area", ""), said.get("address", ""))
    one.is_placed = where.is_found
    origin = Origin(
        id=uuid5(SPACE, f"{source}\0{one.key}"),
        code=where.code,
        channel="hotline",
        digest=hashlib.sha256("\x1f".join(said[name] for name in sorted(said)).encode()).digest(),
        words=said["words"],
        place=said.get("address", "")[:LONGEST_ADDRESS],
        longitude=where.longitude,
        latitude=where.latitude,
        category_code=classes.get(said.get("category", "").casefold(), ""),
        name=said.get("name", ""),
        phone=phone,
        source=source,
        source_key=one.key,
    )
    one.draft = Draft(origin, occurred_at=at)


def with_account(draft: Draft) -> Draft:
    """The report in the name of the account with its number, if there is one."""
    return replace(draft, origin=replace(draft.origin, member_id=resident_with_phone(draft.origin.phone)))


def _moment(one: Judged, text: str, now: datetime) -> datetime | None:
    """When they called, on the clock of the district; without a column, or where it is empty, when the file came."""
    if not text:
        return now
    if match := MOMENT.fullmatch(text):
        parts = [int(part or 0) for part in match.groups()]
        try:
            return datetime(*parts, tzinfo=environment().zone())  # type: ignore[arg-type,misc]
        except ValueError:
            pass
    _blame(one, "reported", text, _("Write the time as 2026-11-22 08:30."))
    return None


def _phone(one: Judged, text: str) -> str:
    """The number as its digits. One with stars in it is hidden by the source: then there is none."""
    if not text or "*" in text:
        return ""
    try:
        return read_number(text)
    except ValidationError as problem:
        _blame(one, "phone", text, " ".join(problem.messages))
    return ""


def _classes() -> dict[str, str]:
    """Classes by their code and by what they are called; names that two share are nobody's."""
    known = current().values()
    names = [one.name.casefold() for one in known]
    return {one.code: one.code for one in known} | {
        name: one.code for name, one in zip(names, known, strict=True) if names.count(name) == 1
    }


def _blame(one: Judged, name: str, value: str, mend: str) -> None:
    one.troubles.append(Trouble(name, value[:60], mend))
    one.fate = Fate.BAD
