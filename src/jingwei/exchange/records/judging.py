"""Our judgement of a promise beside the source's own. No database."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jingwei.cases.public import Case
from jingwei.exchange.records.entries import Entry


@dataclass(frozen=True)
class Judgement:
    """Whether the promise was kept, by our rules; and why the source's own judgement differs, where it does."""

    is_kept: bool
    differs: str = ""


def judge(entry: Entry, case: Case, as_of: datetime) -> Judgement:
    """Judge the case as it stands. One that is open is judged as of `as_of`, when the source's file was drawn."""
    kept = case.was_on_time
    is_kept = bool(case.due_at is None or as_of <= case.due_at) if kept is None else kept
    return Judgement(is_kept, "" if entry.is_kept is is_kept else _why(entry, case, as_of))


def _why(entry: Entry, case: Case, as_of: datetime) -> str:
    if entry.is_kept is None:
        return _("The source gives no judgement.")
    if entry.due_at is None:
        return _("The source gives no target. By the limit of our category it was due at %(due)s.") % {
            "due": _utc(case.due_at)
        }
    if entry.closed_at is None:
        return _("It is open. Its target %(due)s is compared with %(as_of)s, the newest time that the files know.") % {
            "due": _utc(entry.due_at),
            "as_of": _utc(as_of),
        }
    return _("It was closed at %(closed)s and due at %(due)s: the source judges against its own times.") % {
        "closed": _utc(entry.closed_at),
        "due": _utc(entry.due_at),
    }


def _utc(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else ""
