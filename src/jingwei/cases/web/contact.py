"""The number of whoever reported a case: hidden, shown for a reason, and noted."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.cases.actions.reading import reveal_phone
from jingwei.cases.web.desk.cases import open_case
from jingwei.cases.web.writing import field_only
from jingwei.kernel.public import may
from jingwei.people.public import MOST_REASON_WORDS, READ_REASONS, MemberRequest, attempt, duty_required

REASONS = ("call_back", "visit", "result", "work", "danger", "other")


class RevealForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[(key, READ_REASONS[key]) for key in REASONS],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("A few words"),
        help_text=gettext_lazy("Whoever reported it can read them."),
        required=False,
        max_length=MOST_REASON_WORDS,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required("cases.see")
def from_desk(request: MemberRequest, number: str) -> HttpResponse:
    return _ask(request, number, "desk")


@never_cache
@require_http_methods(["GET", "POST"])
@field_only
def from_field(request: MemberRequest, number: str) -> HttpResponse:
    return _ask(request, number, "field")


def _ask(request: MemberRequest, number: str, portal: str) -> HttpResponse:
    """The question what for, and then the number. It stands in no address and is not kept by the browser."""
    case = open_case(request.member, number)
    if not may(request.member, "cases.contact", case):
        raise Http404
    form = RevealForm(request.POST or None)
    phone = attempt(form, reveal_phone, case, by=request.member, **form.cleaned_data) if form.is_valid() else None
    given = {
        "frame": "ui/dialog.html" if request.htmx else f"cases/{portal}/phone_page.html",
        "case": case,
        "form": form,
        "phone": phone,
        "back": reverse(f"{portal}:case", args=[number]),
    }
    return render(request, "cases/phone.html", given, status=422 if form.errors else 200)
