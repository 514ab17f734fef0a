"""Rules as rows of a file: a row for each, in their order; several values of a cell stand apart by a bar."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.models import Case
from jingwei.cases.routing.ground import Ground
from jingwei.cases.routing.models import Rule
from jingwei.cases.workflow import Level
from jingwei.kernel.public import Refused, Row
from jingwei.places.public import codes

COLUMNS = (
    "rule", "position", "name", "on", "begins_on", "ends_on",
    "categories", "areas", "channels", "urgencies", "hours", "hours_of", "weekdays", "season", "words",
    "level", "urgency", "party", "sends_at_once",
)  # fmt: skip
BAR = "|"
TO = ".."
KEY = re.compile(r"[a-z0-9-]{1,8}", re.ASCII)
CATEGORY = re.compile(r"[0-9]{2}([0-9]{2}(-[0-9]{2})?)?", re.ASCII)
SEASON_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
LONGEST_NAME, LONGEST_WORD, LONGEST_DOOR = 60, 30, 20


def rows_of(rules: Sequence[Rule], ground: Ground) -> list[Row]:
    return [_row(place, rule, ground) for place, rule in enumerate(rules, start=1)]


def _row(place: int, rule: Rule, ground: Ground) -> Row:
    party = rule.party
    if rule.department_id is not None:
        party = f"department:{ground.reference(rule.department_id)}"
    return {
        "rule": rule.key,
        "position": str(place),
        "name": rule.name,
        "on": str(int(rule.is_on)),
        "begins_on": rule.begins_on.isoformat() if rule.begins_on else "",
        "ends_on": rule.ends_on.isoformat() if rule.ends_on else "",
        "categories": BAR.join(rule.categories),
        "areas": BAR.join(map(codes.write, rule.areas)),
        "channels": BAR.join(rule.channels),
        "urgencies": BAR.join(rule.urgencies),
        "hours": rule.hours,
        "hours_of": ground.reference(rule.hours_of_id),
        "weekdays": BAR.join(map(str, rule.weekdays)),
        "season": f"{rule.season_from}{TO}{rule.season_until}" if rule.season_from else "",
        "words": BAR.join(rule.words),
        "level": rule.level,
        "urgency": rule.urgency,
        "party": party,
        "sends_at_once": str(int(rule.sends_at_once)),
    }


def read_row(row: Row, ground: Ground) -> Rule:
    """The rule of a row. Refused, with the column and the mend, where a cell cannot be read."""
    rule = Rule()
    for column, read in READERS.items():
        try:
            read(rule, row[column].strip(), ground)
        except ValueError as fault:
            said = _("column “%(column)s”: “%(cell)s” is not %(wanted)s")
            raise Refused(said % {"column": column, "cell": row[column], "wanted": fault}) from None
    return rule


def _to(name: str, read: Callable[[str], Any]) -> Callable[[Rule, str, Ground], None]:
    def put(rule: Rule, cell: str, _ground: Ground) -> None:
        setattr(rule, name, read(cell))

    return put


def _key(cell: str) -> str:
    if not KEY.fullmatch(cell) or cell == "new":  # which is the address of another page
        raise ValueError(_("a key of small letters and digits, eight at most"))
    return cell


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell) < 1000):
        raise ValueError(_("a number from 1 to 999"))
    return int(cell)


def _name(cell: str) -> str:
    if not 0 < len(cell) <= LONGEST_NAME:
        raise ValueError(_("a name of at most 60 letters"))
    return cell


def _flag(cell: str) -> bool:
    if cell not in {"0", "1"}:
        raise ValueError(_("1 for yes or 0 for no"))
    return cell == "1"


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(_("a day such as 2027-01-31")) from None


def _several(is_one: Callable[[str], object], wanted: Callable[[], str]) -> Callable[[str], list[str]]:
    def read(cell: str) -> list[str]:
        parts = [part.strip() for part in cell.split(BAR)] if cell else []
        if not all(part and is_one(part) for part in parts):
            raise ValueError(wanted())
        return list(dict.fromkeys(parts))

    return read


def _areas(cell: str) -> list[int]:
    try:
        return list(dict.fromkeys(codes.read(part.strip()) for part in cell.split(BAR))) if cell else []
    except ValueError:
        raise ValueError(_("codes of areas, 18 digits each")) from None


def _weekdays(cell: str) -> list[int]:
    days = _several(lambda one: one in set("1234567"), lambda: _("weekdays from 1 (Monday) to 7, as 6|7"))(cell)
    return sorted(map(int, days))


def _one_of(values: Sequence[str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell and cell not in values:
            raise ValueError(_("one of: %(values)s") % {"values": ", ".join(values)})
        return cell

    return read


def _season(rule: Rule, cell: str, _ground: Ground) -> None:
    first, _separator, last = cell.partition(TO)
    if cell and not (SEASON_DAY.fullmatch(first) and SEASON_DAY.fullmatch(last)):
        raise ValueError(_("a season such as 11-15..03-15"))
    rule.season_from, rule.season_until = first, last


def _department(cell: str, ground: Ground) -> int:
    found = ground.find(cell)
    if found is None:
        raise ValueError(_("a department: the code of its area and its name, as 990101001000000000/Parks Office"))
    return int(found.pk)


def _hours_of(rule: Rule, cell: str, ground: Ground) -> None:
    rule.hours_of_id = _department(cell, ground) if cell else None


def _party(rule: Rule, cell: str, ground: Ground) -> None:
    kind, _separator, key = cell.partition(":")
    if cell and (kind not in {"office", "department", "role"} or not key):
        raise ValueError(_("a party: office:KIND, department:AREA/NAME or role:KEY"))
    rule.office = key[:40] if kind == "office" else ""
    rule.role = key[:20] if kind == "role" else ""
    rule.department_id = _department(key, ground) if kind == "department" else None


READERS: dict[str, Callable[[Rule, str, Ground], None]] = {
    "rule": _to("key", _key),
    "position": _to("position", _number),
    "name": _to("name", _name),
    "on": _to("is_on", _flag),
    "begins_on": _to("begins_on", _day),
    "ends_on": _to("ends_on", _day),
    "categories": _to(
        "categories", _several(CATEGORY.fullmatch, lambda: _("categories such as 02, 0201 or 0201-01, as 0201|0301"))
    ),
    "areas": _to("areas", _areas),
    "channels": _to("channels", _several(lambda one: len(one) <= LONGEST_DOOR, lambda: _("doors, as hotline|api"))),
    "urgencies": _to(
        "urgencies",
        _several(lambda one: one in Case.Urgency.values, lambda: _("normal, urgent or emergency")),
    ),
    "hours": _to("hours", _one_of(Rule.Hours.values)),
    "hours_of": _hours_of,
    "weekdays": _to("weekdays", _weekdays),
    "season": _season,
    "words": _to(
        "words", _several(lambda one: len(one) <= LONGEST_WORD, lambda: _("words of at most 30 letters, as gas|leak"))
    ),
    "level": _to("level", _one_of(Level.values)),
    "urgency": _to("urgency", _one_of(Rule.Urgency.values)),
    "party": _party,
    "sends_at_once": _to("sends_at_once", _flag),
}
"""How each column is read into a rule."""
