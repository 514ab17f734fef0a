"""What is held of a member, taken away in one file: a page to read, the same for programs, and their photos.

Each module adds chapters (`register_chapter`): rows of plain values, and files with the names that the rows say.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jingwei.kernel.public import clock
from jingwei.people.models import Member, Read
from jingwei.people.rates import Allowance
from jingwei.people.reads import readings

EXPORTS = Allowance("people.export", 5, timedelta(hours=1))
Row = dict[str, Any]


@dataclass(frozen=True)
class Chapter:
    """`rows` by heading; `files`: names in the export, each with where the file lies."""

    key: str
    title: Promise
    rows: Callable[[Member], list[Row]]
    files: Callable[[Member], Iterable[tuple[str, str]]] = lambda _member: ()


_chapters: dict[str, Chapter] = {}


def register_chapter(chapter: Chapter) -> None:
    """Raises ImproperlyConfigured for a key that another chapter has: its rows would be left out."""
    if _chapters.setdefault(chapter.key, chapter).rows is not chapter.rows:
        raise ImproperlyConfigured(f"Two chapters of one's own data have the key {chapter.key!r}.")


def export_own(member: Member, *, now: datetime | None = None) -> bytes:
    """A zip of all that is held of `member`. Refused after too many within an hour."""
    now = now or clock.now()
    EXPORTS.require(str(member.pk), now)
    chapters = [(chapter, chapter.rows(member)) for chapter in _chapters.values()]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        given = {"chapters": [(one.title, rows) for one, rows in chapters], "member": member, "now": now}
        file.writestr("data.html", render_to_string("people/own/export.html", given | {"language": get_language()}))
        plain = {one.key: rows for one, rows in chapters}
        file.writestr("data.json", json.dumps(plain, ensure_ascii=False, indent=1, default=_plain))
        for chapter, _rows in chapters:
            for name, path in chapter.files(member):
                if default_storage.exists(path):
                    with default_storage.open(path) as source:
                        file.writestr(name, source.read())
    return packed.getvalue()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _account(member: Member) -> list[Row]:
    row = Member.objects.get(pk=member.pk)
    return [
        {
            _("Name"): row.name,
            _("User name"): row.username or "",
            _("Mobile number"): row.phone or "",
            _("Kind of account"): row.get_kind_display(),
            _("Registered"): row.created_at,
            _("Last came in"): row.seen_on,
        }
    ]


def _postings(member: Member) -> list[Row]:
    return [
        {_("Role"): posting.title, _("Begins"): posting.begins_on, _("Ends"): posting.ends_on or ""}
        for posting in member.postings.order_by("begins_on", "pk")
    ]


def _sessions(member: Member) -> list[Row]:
    return [
        {_("Browser"): one.user_agent, _("Signed in"): one.created_at, _("Last active"): one.active_at}
        for one in member.sessions.order_by("created_at")
    ]


def _reads(member: Member) -> list[Row]:
    rows = list(Read.objects.filter(subject_id=member.pk).order_by("-pk"))
    return [
        {
            _("When"): one.at,
            _("Who looked"): one.reader,
            _("Office"): one.office,
            _("What"): one.what,
            _("On"): one.thing.name if one.thing else "",
            _("Reason"): one.reason,
            _("Words"): one.words,
        }
        for one in readings(rows)
    ]


def register() -> None:
    for key, title, rows in (
        ("account", gettext_lazy("Account"), _account),
        ("postings", gettext_lazy("Postings"), _postings),
        ("sessions", gettext_lazy("Where you are signed in"), _sessions),
        ("reads", gettext_lazy("Who looked at my data"), _reads),
    ):
        register_chapter(Chapter(key, title, rows))
