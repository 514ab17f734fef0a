"""The last step of a report: look at it once more, say who one is, send. And what happens next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.calendars.public import calendars
from jingwei.cases.actions import send_pending, write_pending
from jingwei.cases.catalogue import current
from jingwei.cases.forms_report import CheckForm, GuestCodeForm, GuestPhoneForm
from jingwei.cases.heard import heard_in
from jingwei.cases.limits import stage_due
from jingwei.cases.models import Case, PendingReport, Stage
from jingwei.cases.persons import receivers
from jingwei.cases.spots import where_is
from jingwei.cases.twins import Sought, public_twins, visible_twins
from jingwei.cases.web.writing import FIELD, WriterRequest, pending, show, writing
from jingwei.kernel.public import clock, environment
from jingwei.people.public import (
    DEMO_CODE,
    Member,
    attempt,
    client_address,
    send_code,
    sign_in,
    sign_in_by_code,
)


@dataclass
class Sending:
    """The forms of the page. A member needs none of the last two."""

    check: CheckForm
    has_guesses: bool
    phone: GuestPhoneForm
    code: GuestCodeForm
    is_code_sent: bool = False

    @classmethod
    def read(cls, request: WriterRequest, row: PendingReport) -> Self:
        data = request.POST if request.method == "POST" else None
        check = CheckForm(data)
        has_guesses = not row.category_code and check.fields["category"].offer(row.words, "")  # type: ignore[attr-defined]
        code = GuestCodeForm(None if data is None or "send_code" in data else data)
        return cls(check, has_guesses, GuestPhoneForm(data), code)

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in (self.check, self.phone, self.code))


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@writing
def send(request: WriterRequest, key: UUID) -> HttpResponse:
    """Third step: the whole once more, and off it goes."""
    row = pending(request, key)
    if row.case_id is not None:
        return redirect(f"{request.portal}:report-done", key)
    if row.code is None:
        return redirect(f"{request.portal}:report-where", key)
    sending = Sending.read(request, row)
    if request.method == "POST" and (case := _work(request, row, sending)):
        return _onward(request, key, case)
    return _show(request, row, sending)


def _work(request: WriterRequest, row: PendingReport, sending: Sending) -> Case | None:
    """What the button asked for. The case, once the report is sent."""
    if sending.check.is_valid() and (chosen := sending.check.cleaned_data["category"]):
        write_pending(row.pk, browser=request.browser, words=row.words, category_code=chosen, by=request.member)
        row.category_code = chosen
        sending.has_guesses = False
    if "send_code" in request.POST:
        _send_code(request, sending)
        return None
    member = request.member or _let_in(request, sending)
    if member is None:
        return None
    case = attempt(sending.check, send_pending, row, channel=request.portal, by=member)
    return case if isinstance(case, Case) else None


def _send_code(request: WriterRequest, sending: Sending) -> None:
    if sending.phone.is_valid():
        number = sending.phone.cleaned_data["phone"]
        sent = attempt(sending.phone, send_code, number, address=client_address(request))
        sending.is_code_sent = sent is not None
        sending.code.fields["code"].widget.attrs["autofocus"] = sending.is_code_sent


def _let_in(request: WriterRequest, sending: Sending) -> Member | None:
    """Whoever knows the code that went to this number; nobody, with the reason over the field."""
    if not (sending.phone.is_valid() and sending.code.is_valid()):
        return None
    number, code = sending.phone.cleaned_data["phone"], sending.code.cleaned_data["code"]
    member = attempt(sending.code, sign_in_by_code, number, code)
    if not isinstance(member, Member):
        return None
    sign_in(request, member)
    return member


def _onward(request: WriterRequest, key: UUID, case: Case) -> HttpResponse:
    if request.portal != FIELD:
        return redirect("resident:report-done", key)
    if "solve" in request.POST:
        return redirect("field:move", case.number, "solve")
    messages.success(request, _("Reported under the number %(number)s.") % {"number": case.number})
    return redirect("field:case", case.number)


def _show(request: WriterRequest, row: PendingReport, sending: Sending) -> HttpResponse:
    now = clock.now()
    assert row.code is not None
    given: dict[str, Any] = {
        "row": row,
        "key": row.pk,
        "sending": sending,
        "heard": heard_in(row.words),
        "photos": list(row.photos.order_by("pk")),
        "category": current().get(row.category_code),
        "area": where_is([row.code])[row.code],
        "receiver": receivers(row.code, now),
        "due_at": stage_due("file", now, None, calendars().place(row.code)).at,
        "demo_code": DEMO_CODE if environment().is_demo else "",
        "may_solve": request.portal == FIELD and _may_solve(request.member, row.code),
    }
    return show(request, "send", given | _twins(request, row, now), status=422 if sending.has_errors else 200)


def _twins(request: WriterRequest, row: PendingReport, now: datetime) -> dict[str, Any]:
    """What may be about the same: for workers the cases that they may see, for others what everybody may know."""
    if request.portal != FIELD or request.member is None:
        return {"known": public_twins(row, now)}
    return {
        "twins": visible_twins(Sought(row.words, row.category_code, row.longitude, row.latitude, now), request.member)
    }


def _may_solve(member: Member | None, code: int) -> bool:
    return member is not None and any("cases.solve" in post.duties and post.covers(code) for post in member.posts)


@require_safe
@writing
def done(request: WriterRequest, key: UUID) -> HttpResponse:
    """It has arrived: its number, who looks at it and by when."""
    row = pending(request, key)
    if row.case_id is None or request.member is None:
        raise Http404
    case = Case.objects.get(pk=row.case_id)
    stage = Stage.objects.filter(case_id=case.pk, ended_at=None).first()
    given = {"case": case, "stage": stage, "receiver": receivers(case.code, clock.now())}
    return show(request, "done", given)
