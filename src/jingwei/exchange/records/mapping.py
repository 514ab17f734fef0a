"""What another system's table means in our terms: a TOML file, read and checked. `mappings/` holds those that ship.

Every name of a column or a value in it is the source's own; every name of a field is ours.
`docs/guides/import-cases.md` explains it by an example.
"""

import codecs
import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta, Struct

from jingwei.kernel.public import InForce, Refused, Schedule, WorkingCalendar, years_off
from jingwei.places.public import Level, codes

SHIPPED = Path(__file__).parent / "mappings"
ANY = "*"
"""Stands for every value that a table of values does not list."""

State = Literal["open", "closed"]
Promise = Literal["on_time", "overdue"]
Outcome = Literal["solved", "explained", "referred", "impossible"]
Degrees = Annotated[float, Meta(ge=-180, le=180)]
Point = tuple[Degrees, Degrees]
Condition = Annotated[str, Meta(pattern=r"^[0-9]{4}/[0-9]{2}$")]
Name = Annotated[str, Meta(min_length=1, max_length=60)]


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the mapping: a key that is not known is a mistake, not a comment."""


class Layout(Strict, frozen=True):
    """How the file is written. Each line takes the first of `encodings` that fits it."""

    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","
    encodings: Annotated[tuple[str, ...], Meta(min_length=1)] = ("utf-8",)

    def __post_init__(self) -> None:
        for encoding in self.encodings:
            try:
                is_plain = '\n",'.encode(encoding) == b'\n",'
            except LookupError:
                raise ValueError(f"there is no encoding “{encoding}”") from None
            if not is_plain:
                raise ValueError(f"the encoding “{encoding}” cannot be read line by line: convert the file to utf-8")

    @property
    def names(self) -> str:
        return ", ".join(codecs.lookup(encoding).name for encoding in self.encodings)


class Time(Strict, frozen=True):
    """The source's clock and calendar.

    `earliest`: what was opened before that day is refused. `as_of`: when the file was drawn; without it, the newest
    time in the files. `early_closing`: seconds by which a closing may come before the opening, because the source's
    clocks differ: it then counts as closed when opened. `holidays` and `hours` are for promises of ours.
    """

    zone: str
    formats: Annotated[tuple[str, ...], Meta(min_length=1)]
    earliest: date | None = None
    as_of: datetime | None = None
    early_closing: Annotated[int, Meta(ge=0, le=3600)] = 0
    holidays: tuple[date, ...] = ()
    hours: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(14), time(18)))

    def __post_init__(self) -> None:
        if self.zone not in available_timezones():
            raise ValueError(f"there is no time zone “{self.zone}”: write one such as Europe/Paris")

    @property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def drawn_at(self) -> datetime | None:
        """`as_of` as a moment: without an offset it is the source's own time."""
        if self.as_of is None or self.as_of.tzinfo:
            return self.as_of
        return self.as_of.replace(tzinfo=self.place)

    def calendar(self) -> WorkingCalendar:
        """The source's own working days; years without a listed holiday are not known."""
        schedule = Schedule.weekdays(*self.hours)
        return WorkingCalendar(
            zone=self.place, years=years_off(self.holidays), schedules=(InForce(date.min, schedule),)
        )


class Columns(Strict, frozen=True):
    """Which column holds what. Only the key, the opening and what gives the category are needed."""

    key: str
    reported: str
    category: str
    due: str = ""
    closed: str = ""
    status: str = ""
    verdict: str = ""
    words: tuple[str, ...] = ()
    result: str = ""
    place: str = ""
    street: str = ""
    longitude: str = ""
    latitude: str = ""
    community: str = ""
    channel: str = ""
    department: str = ""

    def __post_init__(self) -> None:
        if bool(self.longitude) != bool(self.latitude):
            raise ValueError("a point needs both a longitude and a latitude")
        if not (self.status or self.closed):
            raise ValueError("without a column for the status or the closing, nothing says what is closed")

    def named(self) -> dict[str, tuple[str, ...]]:
        """The columns that are used, by our field."""
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: (value,) if isinstance(value, str) else value for name, value in fields.items() if value}


class Values(Strict, frozen=True):
    """What the source's values mean. `outcome` is looked for inside the result, or else the status."""

    category: dict[str, Condition]
    status: dict[str, State] = {}
    verdict: dict[str, Promise] = {}
    channel: dict[str, Annotated[str, Meta(min_length=1, max_length=20)]] = {}
    outcome: dict[str, Outcome] = {}
    community: dict[str, Name] = {}


class Title(Strict, frozen=True):
    """How a title is made: the category's name, and the street without what `drop` matches (a house number)."""

    language: Literal["zh-hans", "en"] = "zh-hans"
    drop: str = ""

    def __post_init__(self) -> None:
        try:
            re.compile(self.drop)
        except re.error as fault:
            raise ValueError(f"“{self.drop}” is not a regular expression: {fault}") from None


class Office(Strict, frozen=True):
    """A department, by the name that people know."""

    name: Name
    name_en: Annotated[str, Meta(max_length=80)] = ""


class Street(Strict, frozen=True):
    """A street of the district, and the source's communities that lie in it."""

    name: Name
    name_en: str = ""
    communities: tuple[str, ...] = ()


class District(Strict, frozen=True, kw_only=True):
    """The district that the records lie in. It is made at the first import and found again by its code.

    `bounds`: west, south, east, north; a point outside is refused. `no_point`: where the source puts what it cannot
    place. `placeless`: what becomes of a record with neither point nor community.
    """

    code: str
    name: Name
    name_en: str = ""
    bounds: tuple[Degrees, Degrees, Degrees, Degrees]
    grids: Annotated[int, Meta(ge=1, le=20_000)]
    no_point: tuple[Point, ...] = ()
    placeless: Literal["refuse", "district"] = "refuse"
    streets: tuple[Street, ...] = ()

    def __post_init__(self) -> None:
        if codes.level_of(self.number) is not Level.DISTRICT:
            raise ValueError(f"{self.code} is not the code of a district: write six digits")
        west, south, east, north = self.bounds
        if not (west < east and south < north):
            raise ValueError("the bounds are west, south, east, north")

    @property
    def number(self) -> int:
        return codes.read(self.code)


class Mapping(Strict, frozen=True, kw_only=True):
    """The whole of it. `done` is what was done where the source does not say; `office` where it names nobody."""

    source: Annotated[str, Meta(pattern=r"^[a-z0-9-]{2,40}$")]
    title: str
    licence: str
    attribution: str
    time: Time
    columns: Columns
    values: Values
    district: District
    office: str
    done: Annotated[str, Meta(min_length=1)]
    file: Layout = Layout()
    titles: Title = Title()
    departments: dict[str, Office] = {}

    def __post_init__(self) -> None:
        for field in ("status", "verdict"):
            if bool(getattr(self.columns, field)) != bool(getattr(self.values, field)):
                raise ValueError(f"the column for “{field}” and the meaning of its values belong together")


def read_mapping(given: str) -> Mapping:
    """The mapping in the file `given`, or the shipped one of that name. Raises Refused, saying what is wrong where."""
    shipped = {path.stem: path for path in SHIPPED.glob("*.toml")}
    path = shipped.get(given) or Path(given)
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Mapping)
    except OSError:
        raise Refused(
            _("There is no mapping %(name)s. Name a file, or one of those that ship: %(shipped)s.")
            % {"name": given, "shipped": ", ".join(sorted(shipped))}
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as fault:
        raise Refused(
            _("The mapping %(name)s cannot be used: %(fault)s.") % {"name": path.name, "fault": fault}
        ) from None
