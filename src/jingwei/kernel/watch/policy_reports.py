"""What browsers report when the content security policy keeps a page from doing something.

Either a page of ours is wrong, or somebody's words became script, or an extension of the browser tries something.
Anybody may send such a report, so each process takes a few a second, and a day holds so many kinds.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.db import connection
from django.urls import Resolver404, resolve
from prometheus_client import Counter

from jingwei.kernel import clock
from jingwei.kernel.buckets import Bucket
from jingwei.kernel.watch.models import PolicyReport

MOST_BYTES = 16 * 1024
MOST_AT_ONCE = 10
MOST_KINDS = 200
A_SECOND = 5.0
KEPT = timedelta(days=90)
DIRECTIVES = frozenset(
    {
        "default-src",
        "script-src",
        "script-src-elem",
        "script-src-attr",
        "style-src",
        "style-src-elem",
        "style-src-attr",
        "img-src",
        "font-src",
        "connect-src",
        "media-src",
        "object-src",
        "frame-src",
        "worker-src",
        "manifest-src",
        "form-action",
        "frame-ancestors",
        "base-uri",
    }
)
KEYWORDS = frozenset({"inline", "eval", "wasm-eval", "self", "data", "blob", "filesystem", "about"})
OTHER, UNKNOWN, EXTENSION, SELF = "other", "unknown", "extension", "self"

REPORTS = Counter("jingwei_policy_reports", "Reports of the content security policy.", ["directive"])
NOTE = """
    INSERT INTO policy_report (day, route, directive, blocked, count)
    SELECT %(day)s, %(route)s, %(directive)s, %(blocked)s, 1
    WHERE (SELECT count(*) FROM policy_report WHERE day = %(day)s) < %(most)s
        OR EXISTS (
            SELECT FROM policy_report WHERE day = %(day)s AND route = %(route)s AND directive = %(directive)s
                AND blocked = %(blocked)s
        )
    ON CONFLICT (day, route, directive, blocked) DO UPDATE SET count = policy_report.count + 1
"""


class Violation(NamedTuple):
    route: str
    directive: str
    blocked: str


_bucket = Bucket(MOST_AT_ONCE, A_SECOND)


def take_reports(body: bytes, host: str, now: datetime | None = None) -> None:
    """Count what a browser sent; `host` is our own name. What cannot be read is passed over."""
    for violation in violations(body, host):
        REPORTS.labels(violation.directive).inc()
        if _bucket.take():
            given = {**violation._asdict(), "day": clock.local(now or clock.now()).date(), "most": MOST_KINDS}
            with connection.cursor() as cursor:
                cursor.execute(NOTE, given)


def violations(body: bytes, host: str) -> Iterator[Violation]:
    """Of a report in the old form, or of reports in the new one."""
    try:
        said = json.loads(body)
    except ValueError:
        return
    old = said.get("csp-report") if isinstance(said, dict) else None
    entries = (
        [old] if old else [one.get("body") for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    )
    for entry in entries[:MOST_AT_ONCE]:
        if isinstance(entry, dict):
            yield _violation({key.replace("-", "").lower(): value for key, value in entry.items()}, host)


def _violation(entry: dict[str, Any], host: str) -> Violation:
    directive = str(entry.get("effectivedirective") or entry.get("violateddirective") or "").partition(" ")[0]
    return Violation(
        route=_route(str(entry.get("documenturi") or entry.get("documenturl") or "")),
        directive=directive if directive in DIRECTIVES else OTHER,
        blocked=_blocked(str(entry.get("blockeduri") or entry.get("blockedurl") or ""), host),
    )


def _route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name or UNKNOWN
    except (Resolver404, ValueError):
        return UNKNOWN


def _blocked(what: str, host: str) -> str:
    """A keyword, "extension", or the name of the host: never an address, which may hold anything."""
    scheme = what.partition(":")[0].lower()
    if scheme in KEYWORDS:
        return scheme
    if scheme.endswith("extension"):
        return EXTENSION
    if scheme not in {"http", "https", "ws", "wss"}:
        return OTHER
    try:
        named = urlsplit(what).hostname or OTHER
    except ValueError:
        return OTHER
    return SELF if named == host.partition(":")[0].lower() else named[:100]


def forget_old_reports(now: datetime) -> int:
    """Delete what is long past; how many kinds."""
    return PolicyReport.objects.filter(day__lt=(now - KEPT).date()).delete()[0]
