"""What browsers report is counted by kind, and nothing of whoever met it is kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from jingwei.kernel.buckets import Bucket
from jingwei.kernel.grants import WORKER
from jingwei.kernel.models import PolicyReport
from jingwei.kernel.testing import acting_as
from jingwei.kernel.watch import policy_reports
from jingwei.kernel.watch.policy_reports import forget_old_reports, take_reports, violations

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OURS = "jingwei.example:8000"


@pytest.fixture(autouse=True)
def urls(settings, monkeypatch):
    settings.ROOT_URLCONF = "jingwei.kernel.tests.urls"
    monkeypatch.setattr(policy_reports, "_bucket", Bucket(10_000, 0))


def old(**entry) -> bytes:
    given = {"document-uri": "https://jingwei.example/echo/13800138000?q=words", "violated-directive": "img-src 'self'"}
    return json.dumps({"csp-report": {**given, **entry}}).encode()


def new(*entries) -> bytes:
    return json.dumps([{"type": "csp-violation", "body": entry} for entry in entries]).encode()


@pytest.mark.parametrize(
    ("blocked", "told"),
    [
        ("inline", "inline"),
        ("eval", "eval"),
        ("data", "data"),
        ("data:text/html;base64,MTM4MDAxMzgwMDA=", "data"),
        ("https://evil.example/13800138000?name=Li", "evil.example"),
        ("https://user:secret@evil.example:8443/", "evil.example"),
        ("http://jingwei.example/echo/x", "self"),
        ("chrome-extension://abcdef/script.js", "extension"),
        ("moz-extension", "extension"),
        ("13800138000", "other"),
        ("https://[broken", "other"),
        ("", "other"),
    ],
)
def test_what_was_stopped_is_a_keyword_or_a_host(blocked, told):
    (violation,) = violations(old(**{"blocked-uri": blocked}), OURS)

    assert violation == ("echo", "img-src", told)


def test_both_forms_of_reports_are_read():
    entry = {
        "documentURL": "https://x/nowhere/13800138000",
        "effectiveDirective": "script-src-elem",
        "blockedURL": "inline",
    }

    assert list(violations(new(entry, {**entry, "effectiveDirective": "13800138000"}), OURS)) == [
        ("unknown", "script-src-elem", "inline"),
        ("unknown", "other", "inline"),
    ]


@pytest.mark.parametrize(
    "body", [b"", b"words", b"[]", b"{}", b"[1, null]", b'{"csp-report": []}', b'"x"', b"[{}]", b"\xff"]
)
def test_what_is_no_report_is_passed_over(body):
    assert list(violations(body, OURS)) == []


@pytest.mark.django_db
def test_same_kind_of_a_day_is_one_row_that_counts():
    for moment in (NOON, NOON, NOON + timedelta(days=1)):
        take_reports(old(**{"blocked-uri": "inline"}), OURS, moment)

    rows = PolicyReport.objects.order_by("day").values_list("day", "route", "directive", "blocked", "count")
    assert [str(row[0]) for row in rows] == ["2026-11-20", "2026-11-21"]
    assert [row[1:] for row in rows] == [("echo", "img-src", "inline", 2), ("echo", "img-src", "inline", 1)]


@pytest.mark.django_db
def test_flood_of_kinds_does_not_fill_the_table(monkeypatch):
    monkeypatch.setattr(policy_reports, "MOST_KINDS", 3)
    for number in range(6):
        take_reports(old(**{"blocked-uri": f"https://{number}.example/"}), OURS, NOON)
    take_reports(old(**{"blocked-uri": "https://0.example/"}), OURS, NOON)

    assert sorted(PolicyReport.objects.values_list("blocked", "count")) == [
        ("0.example", 2),
        ("1.example", 1),
        ("2.example", 1),
    ]


def test_flood_of_reports_is_taken_a_few_at_a_time():
    bucket = Bucket(3, 0)

    assert [bucket.take() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_old_reports_are_forgotten():
    take_reports(old(), OURS, NOON)

    with acting_as(WORKER):
        assert forget_old_reports(NOON + timedelta(days=89)) == 0
        assert forget_old_reports(NOON + timedelta(days=92)) == 1
