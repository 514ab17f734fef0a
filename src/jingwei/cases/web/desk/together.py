"""One move for several cases of a list: ticked, looked at, made; each with its own result.

Each case goes through the form and the action of the single move: what is refused there is refused here, by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.cases.forms import MoveForm
from jingwei.cases.models import Case
from jingwei.cases.said import headline
from jingwei.cases.web.desk.screens import SCREENS, Screen
from jingwei.cases.web.moving import back_to, form_of, is_made
from jingwei.cases.workflow import MOVES
from jingwei.kernel.public import NotPermitted, NotTheirs, Refused, allowed
from jingwei.people.public import Member, MemberRequest, duty_required

MOST = 50
"""As many as one page of a list has."""
TOGETHER = ("dispatch", "escalate", "send_down", "recall", "report_in", "return", "urge", "supervise")
"""Moves whose form asks nothing of the case itself."""
SEEN = "seen-"
"""Before the number of a case: the version that the person was looking at."""


@dataclass(frozen=True)
class Result:
    """What became of a case; `why_not` is empty where the move was made."""

    case: Case
    why_not: str = ""

    @property
    def headline(self) -> str:
        return headline(self.case)


@never_cache
@require_safe
@duty_required("cases.see")
def choose(request: MemberRequest) -> HttpResponse:
    """The cases that were ticked, and the moves that some of them have before them."""
    cases = _ticked(request)
    counts = [(SCREENS[verb], len(_open_to(request.member, verb, cases))) for verb in TOGETHER]
    given = {
        "results": [Result(case) for case in cases],
        "offered": [(screen, count) for screen, count in counts if count],
        "back": _back(request),
    }
    return render(request, "cases/desk/together.html", given)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@duty_required("cases.see")
def move(request: MemberRequest, verb: str) -> HttpResponse:
    """One form for all of them; posted, what became of each."""
    if verb not in TOGETHER:
        raise Http404
    screen, cases = SCREENS[verb], _ticked(request)
    if not (fit := _open_to(request.member, verb, cases)):
        raise NotPermitted
    given = {"screen": screen, "back": _back(request)}
    if request.method == "POST":
        results, form = _make(request, screen, cases)
        if form is None:
            count = sum(not one.why_not for one in results)
            return render(request, "cases/desk/together_done.html", given | {"results": results, "count": count})
    else:
        form = form_of(screen, fit[0], request.member)
    given |= {"form": form, "results": [Result(case, _at_once(case, verb)) for case in cases]}
    return render(request, "cases/desk/together_move.html", given, status=422 if form.is_bound else 200)


def _ticked(request: MemberRequest) -> list[Case]:
    """The cases that are named and may be opened on the desk, in the order of the list. Raises Http404."""
    asked = request.POST if request.method == "POST" else request.GET
    numbers = list(dict.fromkeys(asked.getlist("case")))[:MOST]
    rows = allowed(request.member, "cases.desk", Case.objects.by_numbers(numbers))
    found = {case.number: case for case in rows.select_related("category", "condition")}
    if not found:
        raise Http404
    return [found[number] for number in numbers if number in found]


def _open_to(member: Member, verb: str, cases: Sequence[Case]) -> list[Case]:
    """Those which the member may move so, and whose state has this move before it: one query."""
    ready = [case for case in cases if not _at_once(case, verb)]
    rows = Case.objects.filter(pk__in=[case.pk for case in ready])
    held = set(allowed(member, f"cases.{verb}", rows).values_list("pk", flat=True)) if ready else set()
    return [case for case in ready if case.pk in held]


def _back(request: MemberRequest) -> str:
    return back_to(request, resolve_url("desk:home"))


def _at_once(case: Case, verb: str) -> str:
    """Why the move is not open to a case, as far as its state tells."""
    if case.status in MOVES[verb].before:
        return ""
    return _("Not in this state: it will be left as it is.")


def _make(request: MemberRequest, screen: Screen, cases: Sequence[Case]) -> tuple[list[Result], MoveForm | None]:
    """What became of each; and the form, where what was typed is not in order for any of them.

    Moved in the order of their keys: two who move some of the same cases wait for each other, and neither for both.
    """
    results, faulty = [], None
    for case in sorted(cases, key=lambda one: one.pk):
        data = request.POST.copy()
        data["seen"] = request.POST.get(f"{SEEN}{case.number}", "")
        try:
            form = form_of(screen, case, request.member, data)
            why_not = "" if is_made(form, screen, request.member) else _why_not(form)
        except (Refused, NotPermitted) as no:
            results.append(Result(case, _said(no)))
            continue
        results.append(Result(case, why_not))
        is_typed_wrongly = not form.non_field_errors() and not _at_once(case, screen.verb)
        faulty = faulty or (form if why_not and is_typed_wrongly else None)
    states = dict(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", "status"))
    for one in results:
        one.case.status = states[one.case.pk]
    results.sort(key=lambda one: cases.index(one.case))
    return results, faulty if all(one.why_not for one in results) else None


def _why_not(form: MoveForm) -> str:
    """What stands over the form, or over its fields."""
    said: list[Any] = [*form.non_field_errors()]
    for name, errors in form.errors.items():
        if name in form.fields:
            said += [_("%(field)s: %(why)s") % {"field": form.fields[name].label or "", "why": why} for why in errors]
    return " ".join(map(str, said))


def _said(no: Refused | NotPermitted) -> str:
    if isinstance(no, Refused | NotTheirs):
        return no.message
    return _("You may not do this here.")
