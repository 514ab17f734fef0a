"""What a case asks besides its course, as its sheet shows it: what, of whom, until when, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingwei.cases.appealing import VERDICT_SAID, errand_said
from jingwei.cases.docket import LAPSED
from jingwei.cases.models import Case, Errand
from jingwei.cases.workflow import Level
from jingwei.ui.public import late


@dataclass(frozen=True)
class Beside:
    """One errand. `kind`: running, good, bad, or lapsed with the case."""

    name: str
    who: str | Promise
    due_at: datetime
    is_provisional: bool
    ended_at: datetime | None
    kind: str
    result: str


def besides(case: Case, errands: Sequence[Errand]) -> list[Beside]:
    """The open ones first, as they fall due."""
    return [_beside(case, errand) for errand in sorted(errands, key=lambda one: (not one.is_open, one.due_at))]


def _beside(case: Case, errand: Errand) -> Beside:
    if errand.ended_at is not None:
        kind, result = "good" if errand.is_met else "bad", late(errand.due_at, errand.ended_at)
        if errand.kind == Errand.Kind.APPEAL:
            verdict = VERDICT_SAID[errand.verdict]
            result = _("%(verdict)s, %(late)s") % {"verdict": verdict, "late": result}
    elif case.status in LAPSED:
        kind, result = "lapsed", _("Ended with the case")
    else:
        kind, result = "running", ""
    return Beside(
        name=errand_said(errand) if errand.kind == Errand.Kind.APPEAL else errand.get_kind_display(),
        who=Level(errand.level).label if errand.level else _("whoever has the case"),
        due_at=errand.due_at,
        is_provisional=errand.is_provisional,
        ended_at=errand.ended_at,
        kind=kind,
        result=result,
    )
