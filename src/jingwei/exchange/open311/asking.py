"""What a request asks for, read from its parameters. What cannot be read is a 400 that names the parameter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from jingwei.exchange.open311.answers import Fault

LONGEST_SPAN = timedelta(days=90)
"""Of a range of dates, and how far back one goes that is not given."""
MOST = 1000
"""Requests in one answer."""
PAGE_SIZE = 50
MOST_PAGES = 10_000
MOST_METRES = 50_000.0
LATITUDES, LONGITUDES = 90.0, 180.0
LIST = re.compile(r"[A-Za-z0-9_.-]{1,64}(?:,[A-Za-z0-9_.-]{1,64}){0,199}")
STATUSES = frozenset({"open", "closed"})

Given = Mapping[str, str]
Period = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Box:
    """Degrees of WGS-84."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Circle:
    """A point and how many metres around it."""

    longitude: float
    latitude: float
    metres: float


@dataclass(frozen=True)
class Asked:
    """Which requests are wanted. `numbers` stands above all else; `first` and `count` cut the answer out."""

    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    is_open: bool | None = None
    requested: Period = (None, None)
    updated: Period = (None, None)
    box: Box | None = None
    circle: Circle | None = None
    first: int = 0
    count: int = MOST


def read_asked(given: Given, now: datetime) -> Asked:
    """What a GET of requests asks for; Fault where it cannot be read."""
    numbers = _list(given, "service_request_id")
    if numbers:
        return Asked(numbers=numbers)
    page, size = _whole(given, "page", MOST_PAGES), _whole(given, "page_size", MOST)
    count = size or (PAGE_SIZE if page else MOST)
    updated = _moment(given, "updated_after"), _moment(given, "updated_before")
    return Asked(
        codes=_list(given, "service_code"),
        is_open=_is_open(given),
        requested=_requested(given, now, is_needed=updated == (None, None)),
        updated=_checked(updated, "updated_after", "updated_before"),
        box=_box(given),
        circle=_circle(given),
        first=((page or 1) - 1) * count,
        count=count,
    )


def read_period(given: Given, now: datetime) -> Period:
    """`start_date` and `end_date` of updates: 90 days at most, and the last 90 where nothing is said."""
    return _requested(given, now, is_needed=True)


def _requested(given: Given, now: datetime, *, is_needed: bool) -> Period:
    start, end = _moment(given, "start_date"), _moment(given, "end_date")
    if start is None and end is None:
        return (now - LONGEST_SPAN, None) if is_needed else (None, None)
    if start is None:
        return _back(end), end
    if end is None:
        return start, _forward(start)
    if end - start > LONGEST_SPAN:
        raise Fault(400, _("start_date and end_date may not lie more than 90 days apart."))
    return _checked((start, end), "start_date", "end_date")


def _back(end: datetime | None) -> datetime | None:
    try:
        return end - LONGEST_SPAN if end else None
    except OverflowError:
        return None


def _forward(start: datetime) -> datetime | None:
    try:
        return start + LONGEST_SPAN
    except OverflowError:
        return None


def _checked(period: Period, first: str, last: str) -> Period:
    begin, end = period
    if begin and end and end < begin:
        raise Fault(400, _("%(last)s lies before %(first)s.") % {"first": first, "last": last})
    return period


def _moment(given: Given, name: str) -> datetime | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        at = parse_datetime(text.replace(" ", "+"))  # a plus that was not escaped arrives as a blank
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 1900 <= at.year <= 9000:
        raise Fault(400, _("%(name)s: give a time with its offset, such as 2026-11-21T09:00:00Z.") % {"name": name})
    return at.astimezone(UTC)


def _list(given: Given, name: str) -> tuple[str, ...]:
    text = given.get(name, "").strip().rstrip(",")
    if not text:
        return ()
    if not LIST.fullmatch(text):
        raise Fault(400, _("%(name)s: give codes with commas between them, at most 200.") % {"name": name})
    return tuple(dict.fromkeys(text.split(",")))


def _is_open(given: Given) -> bool | None:
    wanted = {one.lower() for one in _list(given, "status")}
    if not wanted <= STATUSES:
        raise Fault(400, _("status: say open, closed, or both with a comma."))
    return "open" in wanted if len(wanted) == 1 else None


def _whole(given: Given, name: str, most: int) -> int | None:
    text = given.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise Fault(400, _("%(name)s: say a whole number from 1 to %(most)d.") % {"name": name, "most": most})
    return int(text)


def _box(given: Given) -> Box | None:
    text = given.get("bbox", "")
    if not text:
        return None
    try:
        west, south, east, north = (float(one) for one in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    is_box = -LONGITUDES <= west <= east <= LONGITUDES and -LATITUDES <= south <= north <= LATITUDES
    if not is_box:
        raise Fault(400, _("bbox: say west,south,east,north in degrees."))
    return Box(west, south, east, north)


def _circle(given: Given) -> Circle | None:
    if "radius" not in given:
        return None
    longitude, latitude = _degrees(given, "long", LONGITUDES), _degrees(given, "lat", LATITUDES)
    metres = _number(given.get("radius", ""))
    if longitude is None or latitude is None or metres is None or not 0 < metres <= MOST_METRES:
        raise Fault(400, _("radius: say metres up to 50000, with lat and long."))
    return Circle(longitude, latitude, metres)


def read_point(given: Given) -> tuple[float, float] | None:
    """Longitude and latitude of what is reported; None where neither is given."""
    if not (given.get("lat") or given.get("long")):
        return None
    longitude, latitude = _degrees(given, "long", LONGITUDES), _degrees(given, "lat", LATITUDES)
    if longitude is None or latitude is None:
        raise Fault(400, _("lat and long: give both, in degrees of WGS-84."))
    return longitude, latitude


def _degrees(given: Given, name: str, most: float) -> float | None:
    value = _number(given.get(name, ""))
    return value if value is not None and abs(value) <= most else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
