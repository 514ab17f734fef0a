"""What the pages of a move share, at the desk and in the field: the form, making the move once, the way back."""

from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from jingwei.cases.forms import DispatchForm, MoveForm
from jingwei.cases.forms_appealing import NamedForm
from jingwei.cases.forms_work import ChangeAssistantForm, WhistleForm
from jingwei.cases.models import Case, Step
from jingwei.cases.parties import party_groups
from jingwei.cases.sheet import Sheet
from jingwei.cases.web.desk.screens import Screen
from jingwei.kernel.public import clock, may
from jingwei.people.public import Member, attempt


def form_of(screen: Screen, case: Case, member: Member, *args: Any, **options: Any) -> MoveForm:
    """The form of a move; photos only from those who may add them."""
    if issubclass(screen.form, DispatchForm | ChangeAssistantForm | WhistleForm):
        options["groups"] = party_groups(case, clock.now())
    if issubclass(screen.form, NamedForm):
        options["member"] = member
    form = screen.form(*args, case=case, **options)
    if "photos" in form.fields and not may(member, "cases.add_photo", case):
        del form.fields["photos"]
    return form


def shown(screen: Screen, sheet: Sheet, form: MoveForm, *, back: str, seen: int | None) -> dict[str, Any]:
    """What the page of every move shows; `seen` is the version the person was looking at, where it has grown old."""
    return {
        "screen": screen,
        "sheet": sheet,
        "form": form,
        "back": back,
        "news": sheet.since(seen) if seen is not None else [],
        "why_not": sheet.why_not(screen.verb),
    }


def is_made(form: MoveForm, screen: Screen, member: Member) -> bool:
    """Make the move. Where that is not possible, the reason stands over the form; what was typed stays in it."""
    if not form.is_valid():
        return False
    if _is_done_already(form.case, form.cleaned_data["seen"], screen, member):
        form.add_error(None, _("You have made this move already. Nothing was done twice."))
    elif attempt(form, screen.make, form, member):
        return True
    form.case.refresh_from_db()
    return False


def _is_done_already(case: Case, seen: int, screen: Screen, member: Member) -> bool:
    """Whether the member made this move already on what they saw: the same form sent twice, or in two windows."""
    step = Step.objects.filter(case_id=case.pk).order_by("pk")[seen : seen + 1].first()
    return step is not None and step.actor_id == member.pk and step.verb in screen.verbs


def seen_of(form: MoveForm) -> int:
    """The version that the person was looking at; the present one where the form does not say."""
    seen = str(form["seen"].value() or "")
    return int(seen) if seen.isdigit() else form.case.version


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the move was begun (`next`), if that is on this site; else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_safe else otherwise
