"""A case in the hand of a worker on the spot, and the moves that can be made there.

Every move is a page with one form; where there is JavaScript it comes up as a sheet. A form that is stale is refused,
says what has happened since, and keeps what was typed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.cases.actions.reading import open_words
from jingwei.cases.forms import ClassForm, MoveForm
from jingwei.cases.forms_report import listed_categories
from jingwei.cases.late import seen_by, within
from jingwei.cases.models import Case
from jingwei.cases.offers import require_offered
from jingwei.cases.progress import entries
from jingwei.cases.sheet import Sheet
from jingwei.cases.suggesting import suggest
from jingwei.cases.taken import AHEAD
from jingwei.cases.twins import twins_of
from jingwei.cases.web.desk.cases import open_case, opened
from jingwei.cases.web.desk.previews import conditions_shown
from jingwei.cases.web.desk.screens import SCREENS, Screen
from jingwei.cases.web.moving import back_to, form_of, is_made, seen_of, shown
from jingwei.cases.web.pieces import drop_used, files_of, kept_photos
from jingwei.cases.web.resident import photos_of
from jingwei.cases.web.writing import field_only
from jingwei.kernel.public import clock
from jingwei.offline.public import queued
from jingwei.people.public import Member, MemberRequest

HERE = (
    "file", "solve", "reject", "report_in", "join", "handle", "finish", "return", "decline", "check", "escalate",
    "reply", "inspect", "ask_extension", "ask_suspension", "resume", "submit",
    "appeal",
)  # fmt: skip
"""Moves of the field; the others are the desk's."""


@never_cache
@require_safe
@field_only
def case(request: MemberRequest, number: str) -> HttpResponse:
    """One case: where, until when, what was said and done, and what to do now."""
    now = clock.now()
    sheet = opened(request.member, number, now)
    given = {
        "sheet": sheet,
        "case": sheet.case,
        "moves": [button for button in sheet.moves if button.verb in HERE],
        "closed_moves": [button for button in sheet.closed_moves if button.verb in HERE],
        "ahead": list(_ahead(sheet)),
        "photos": photos_of(sheet.record),
        "entries": entries(
            sheet.record,
            now,
            member_id=request.member.pk,
            reader=sheet.reader,
        ),
    }
    return render(request, "cases/field/case.html", given)


def _ahead(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """For a phone without a signal: the move that comes after one that waits there, with both their addresses."""
    for button in sheet.moves:
        if after := AHEAD.get(button.verb):
            first, second = (reverse("field:move", args=[sheet.case.number, verb]) for verb in (button.verb, after))
            yield first, f"{second}?ahead=1", str(SCREENS[after].title)


@require_safe
@field_only
def news(request: MemberRequest, number: str) -> HttpResponse:
    """Whether the case has moved on since the version that is being looked at. Nothing new is 204."""
    case = open_case(request.member, number)
    if str(case.version) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "cases/news.html", {"url": reverse("field:case", args=[number])})


@never_cache
@require_http_methods(["GET", "POST"])
@field_only
def move(request: MemberRequest, number: str, verb: str) -> HttpResponse:
    """The form of one move, and what becomes of it."""
    if verb not in HERE:
        raise Http404
    screen, case = SCREENS[verb], open_case(request.member, number)
    if request.method == "POST" and "again" not in request.POST:
        return _send(request, screen, case)
    require_offered(case, request.member, _first(request, verb))
    return _show(request, screen, case, _form(request, screen, case, initial=_typed(request.POST)))


def _first(request: MemberRequest, verb: str) -> str:
    """What has to be possible for the form to be shown: a phone takes along that of the next move as well."""
    before = {after: first for first, after in AHEAD.items()}
    return before.get(verb, verb) if "ahead" in request.GET else verb


def _typed(data: Mapping[str, str]) -> dict[str, str]:
    return {name: data[name] for name in data if name != "seen"}


def _form(request: MemberRequest, screen: Screen, case: Case, **options: Any) -> MoveForm:
    """The form of the move. Photos come from the camera: they are to show how it is here and now."""
    form = form_of(screen, case, request.member, **options)
    if "photos" in form.fields:
        form.fields["photos"].widget.attrs["capture"] = "environment"
    return form


def _send(request: MemberRequest, screen: Screen, case: Case) -> HttpResponse:
    form = _waited(_form(request, screen, case, data=request.POST, files=files_of(request)), request.member)
    if is_made(form, screen, request.member):
        drop_used(request)
        messages.success(request, screen.done % {"number": case.number})
        return redirect(_back(request, case))
    seen = seen_of(form)
    form.catch_up()
    return _show(request, screen, case, form, seen=seen)


def _waited(form: MoveForm, member: Member) -> MoveForm:
    """A form that waited on a phone counts from when it was made, on what its member knew and did meanwhile."""
    waited, seen = queued(), str(form.data.get("seen", ""))
    if waited and waited.is_later and seen.isdigit():
        form.catch_up(seen_by(form.case, int(seen), member))
    if waited and waited.made_at:
        form.made_at = within(form.case, waited.made_at, clock.now())
    return form


def _back(request: MemberRequest, case: Case) -> str:
    return back_to(request, reverse("field:case", args=[case.number]))


def _show(
    request: MemberRequest, screen: Screen, case: Case, form: MoveForm, *, seen: int | None = None
) -> HttpResponse:
    sheet = Sheet(case, request.member, clock.now())
    given = {
        "frame": "ui/dialog.html" if request.htmx else "cases/field/page.html",
        **shown(screen, sheet, form, back=_back(request, case), seen=seen),
        **({"why_not": []} if "ahead" in request.GET else {}),
        "photos": photos_of(sheet.record),
        "kept": kept_photos(request, form),
        "words": _read_words(sheet) if isinstance(form, ClassForm) else "",
    }
    if "category" in form.fields:
        given["twins"] = twins_of(case, sheet.words, request.member)
    return render(request, "cases/field/move.html", given | _classes(form, sheet), status=_status(form))


def _read_words(sheet: Sheet) -> str:
    """The words that a decision about the class takes. That they are shown is noted."""
    if sheet.may_contact:
        open_words(sheet.case, sheet.record.report, by=sheet.member)
    return sheet.words


def _status(form: MoveForm) -> int:
    return 409 if form.non_field_errors() else 422 if form.errors else 200


@never_cache
@require_safe
@field_only
def choice(request: MemberRequest, number: str, verb: str) -> HttpResponse:
    """The conditions of the category chosen so far, as a part of the form."""
    screen, case = SCREENS.get(verb), open_case(request.member, number)
    if screen is None or not issubclass(screen.form, ClassForm):
        raise Http404
    form = screen.form(case=case, initial=_typed(request.GET))
    given = {"form": form, **_classes(form, Sheet(case, request.member, clock.now()))}
    return render(request, "cases/field/conditions.html", given)


def _classes(form: MoveForm, sheet: Sheet) -> dict[str, Any]:
    """What helps to choose category and condition, where a form asks for them."""
    if not isinstance(form, ClassForm) or "category" not in form.fields:
        return {}
    return {
        "suggested": suggest(sheet.words),
        "categories": listed_categories()[1:],
        "conditions": conditions_shown(form, sheet.case),
    }
