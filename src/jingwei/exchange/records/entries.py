"""From a row of the source to an entry in our terms. No database, and no clock of its own."""

import hashlib
import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import isfinite
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from jingwei.exchange.records.mapping import ANY, Mapping
from jingwei.exchange.records.reading import Record
from jingwei.kernel.public import Refused

LONGEST_KEY = 80
LONGEST_PLACE = 200
END_OF_DAY = time(23, 59, 59)


class UnfitError(Exception):
    """A row that cannot be brought in: the field that is wrong, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in our terms. Times are in UTC; `condition` is as in `0201/01`; empty means that nothing is said."""

    row: int
    id: UUID
    key: str
    digest: bytes
    reported_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    closed_early: bool  # by the source's clock before it was opened
    is_kept: bool | None  # the promise, in the source's own judgement
    condition: str
    outcome: str
    channel: str
    department: str
    community: str
    longitude: float | None
    latitude: float | None
    words: str
    result: str
    place: str
    street: str


class Reader:
    """Reads the rows of one file. Raises Refused where a column that the mapping names is missing."""

    def __init__(self, mapping: Mapping, header: Sequence[str], file: str, now: datetime) -> None:
        self._mapping = mapping
        self._now = now
        self._zone = mapping.time.place
        self._namespace = uuid5(NAMESPACE_URL, f"urn:jingwei:records:{mapping.source}")
        self._drop = re.compile(mapping.titles.drop)
        named = mapping.columns.named()
        self._at = {field: tuple(_find(name, header, file) for name in names) for field, names in named.items()}
        self._used = sorted({place for places in self._at.values() for place in places})
        self.unused = [name for place, name in enumerate(header) if place not in self._used and name]

    def read(self, record: Record) -> Entry:
        """The entry that the row is. Raises UnfitError."""
        cells = record.cells
        key = self._key(cells)
        reported_at = self._reported(cells)
        status = self._meaning("status", cells, self._mapping.values.status)
        closed_at, closed_early = self._closed(cells, reported_at, status)
        longitude, latitude = self._point(cells)
        result = self._text("result", cells)
        return Entry(
            row=record.row,
            id=uuid5(self._namespace, key),
            key=key,
            digest=self._digest(cells),
            reported_at=reported_at,
            due_at=self._due(cells, reported_at),
            closed_at=closed_at,
            closed_early=closed_early,
            is_kept=self._judgement(cells),
            condition=self._meaning("category", cells, self._mapping.values.category),
            outcome=self._outcome(result or self._text("status", cells)) if closed_at else "",
            channel=self._meaning("channel", cells, self._mapping.values.channel or {ANY: "import"}),
            department=self._text("department", cells),
            community=self._community(cells),
            longitude=longitude,
            latitude=latitude,
            words="\n".join(dict.fromkeys(cells[at].strip() for at in self._at.get("words", ()) if cells[at].strip())),
            result=result,
            place=_shortened(" ".join(self._text("place", cells).split()), LONGEST_PLACE),
            street=self._drop.sub("", " ".join(self._text("street", cells).split())),
        )

    def _text(self, field: str, cells: Sequence[str]) -> str:
        places = self._at.get(field)
        return cells[places[0]].strip() if places else ""

    def _key(self, cells: Sequence[str]) -> str:
        key = self._text("key", cells)
        if not key:
            raise UnfitError("key", _("The record has no key."))
        if len(key) > LONGEST_KEY:
            raise UnfitError("key", _("The key has more than %(longest)d characters.") % {"longest": LONGEST_KEY})
        return key

    def _digest(self, cells: Sequence[str]) -> bytes:
        """Of the cells that are used, so that a column more or less is not another record."""
        return hashlib.sha256("\x1f".join(cells[at] for at in self._used).encode()).digest()

    def _meaning(self, field: str, cells: Sequence[str], table: Table[str, str]) -> str:
        if field not in self._at and ANY not in table:
            return ""
        value = self._text(field, cells)
        meaning = table.get(value, table.get(ANY, ""))
        if not meaning:
            raise UnfitError(
                field, _("The mapping does not say what “%(value)s” means.") % {"value": _shortened(value, 80)}
            )
        return meaning

    def _judgement(self, cells: Sequence[str]) -> bool | None:
        if not self._text("verdict", cells):
            return None
        return self._meaning("verdict", cells, self._mapping.values.verdict) == "on_time"

    def _reported(self, cells: Sequence[str]) -> datetime:
        reported_at = self._moment("reported", cells)
        if reported_at is None:
            raise UnfitError("reported", _("The record does not say when it was opened."))
        earliest = self._mapping.time.earliest
        if earliest is not None and reported_at.astimezone(self._zone).date() < earliest:
            raise UnfitError(
                "reported",
                _("Opened on %(day)s, before %(earliest)s, the first day that this source covers.")
                % {"day": reported_at.astimezone(self._zone).date(), "earliest": earliest},
            )
        return self._past("reported", reported_at)

    def _due(self, cells: Sequence[str], reported_at: datetime) -> datetime | None:
        due_at = self._moment("due", cells, is_end=True)
        if due_at is not None and due_at < reported_at:
            raise UnfitError(
                "due", _("The target %(target)s lies before the opening.") % {"target": self._text("due", cells)}
            )
        return due_at

    def _closed(self, cells: Sequence[str], reported_at: datetime, status: str) -> tuple[datetime | None, bool]:
        """When it was closed, and whether that is the opening because the source's clocks differ."""
        closed_at = self._moment("closed", cells, is_end=True, after=reported_at)
        if status == "closed" and closed_at is None:
            raise UnfitError("closed", _("The status says closed, but there is no closing time."))
        if closed_at is None:
            return None, False
        if status == "open":
            raise UnfitError("status", _("The status says open, but there is a closing time."))
        if closed_at < reported_at:
            tolerance = timedelta(seconds=self._mapping.time.early_closing)
            if reported_at - closed_at <= tolerance:
                return reported_at, True
            raise UnfitError(
                "closed",
                _("Closed %(closed)s, before it was opened %(opened)s.")
                % {"closed": self._text("closed", cells), "opened": self._text("reported", cells)},
            )
        return self._past("closed", closed_at), False

    def _past(self, field: str, moment: datetime) -> datetime:
        if moment > self._now:
            wall = moment.astimezone(self._zone)
            raise UnfitError(field, _("%(moment)s lies in the future.") % {"moment": f"{wall:%Y-%m-%d %H:%M:%S}"})
        return moment

    def _moment(
        self, field: str, cells: Sequence[str], *, is_end: bool = False, after: datetime | None = None
    ) -> datetime | None:
        """A time in the field. A day without a time is its beginning, or its end where the latest moment counts.

        In the hour that comes twice in autumn it is the first time round, unless that is not `after`.
        """
        text = self._text(field, cells)
        if not text:
            return None
        for form in self._mapping.time.formats:
            try:
                wall = datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
            except ValueError:
                continue
            if is_end and "%H" not in form and "%I" not in form:
                wall = datetime.combine(wall, END_OF_DAY)
            moment = wall.replace(tzinfo=self._zone).astimezone(UTC)
            if after is None or moment >= after:
                return moment
            return max(moment, wall.replace(tzinfo=self._zone, fold=1).astimezone(UTC))
        raise UnfitError(
            field, _("“%(text)s” is not a date as the mapping describes them.") % {"text": _shortened(text, 40)}
        )

    def _outcome(self, said: str) -> str:
        for part, outcome in self._mapping.values.outcome.items():
            if part in said:
                return outcome
        return "solved"

    def _community(self, cells: Sequence[str]) -> str:
        named = self._text("community", cells)
        return self._mapping.values.community.get(named, named)

    def _point(self, cells: Sequence[str]) -> tuple[float, float] | tuple[None, None]:
        longitude, latitude = self._degrees("longitude", cells), self._degrees("latitude", cells)
        if longitude is None and latitude is None:
            return None, None
        if longitude is None:
            raise UnfitError("longitude", _("There is a latitude, but no longitude."))
        if latitude is None:
            raise UnfitError("latitude", _("There is a longitude, but no latitude."))
        if (longitude, latitude) in self._mapping.district.no_point:
            return None, None
        west, south, east, north = self._mapping.district.bounds
        if not (west <= longitude <= east and south <= latitude <= north):
            raise UnfitError(
                "longitude",
                _("The point %(longitude)s, %(latitude)s lies outside %(district)s.")
                % {"longitude": longitude, "latitude": latitude, "district": self._mapping.district.name},
            )
        return longitude, latitude

    def _degrees(self, field: str, cells: Sequence[str]) -> float | None:
        text = self._text(field, cells)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise UnfitError(field, _("“%(text)s” is not a number of degrees.") % {"text": _shortened(text, 40)})
        return value


def _find(name: str, header: Sequence[str], file: str) -> int:
    places = [place for place, column in enumerate(header) if column == name]
    if len(places) == 1:
        return places[0]
    known = ", ".join(column for column in header if column)
    if places:
        raise Refused(_("%(file)s has the column “%(name)s” twice.") % {"file": file, "name": name})
    raise Refused(
        _("%(file)s has no column “%(name)s”, which the mapping names. Its columns are: %(known)s.")
        % {"file": file, "name": name, "known": known}
    )


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
