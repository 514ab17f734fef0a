"""The employment record of a member: hired, trained, certificates, and leaving."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.people import actions
from jingwei.people.forms_staff import HandOverForm, day_field
from jingwei.people.models import Certificate, Member, Training
from jingwei.people.queries import today
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.staff.changes import arranged, arranger_required, form_page, pane, work_form


class HiredForm(forms.Form):
    hired_on = day_field(gettext_lazy("Works here since"), required=False)


class TrainingForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Training"), max_length=80)
    held_on = day_field(gettext_lazy("Day"))
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=2000)


class CertificateForm(forms.Form):
    kind = forms.CharField(label=gettext_lazy("Certificate"), max_length=80)
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Kept encrypted, and shown to nobody in full"),
    )
    valid_until = day_field(gettext_lazy("Valid until"), required=False)


class LeaveForm(forms.Form):
    left_on = day_field(gettext_lazy("First day no longer here"))


FORMS: dict[str, tuple[type[forms.Form], Any]] = {
    "hired": (HiredForm, actions.record_hired),
    "training": (TrainingForm, actions.add_training),
    "certificate": (CertificateForm, actions.add_certificate),
}


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def add_record(request: MemberRequest, key: int, kind: str) -> HttpResponse:
    """Write down since when somebody works here, a training, or a certificate."""
    if kind not in FORMS:
        raise Http404
    member = arranged(request, key)
    form_type, act = FORMS[kind]
    form = form_type(request.POST or None)
    if form.is_valid() and attempt(form, act, member, **form.cleaned_data, by=request.member):
        messages.success(request, _("It is in the record."))
        return redirect(pane(key))
    return form_page(request, form, _("Record of %(name)s") % {"name": member.name}, _("Save"), pane(key))


@require_POST
@arranger_required
def remove_record(request: MemberRequest, kind: str, key: int) -> HttpResponse:
    """Take out what was written down by mistake."""
    model: Any = {"training": Training, "certificate": Certificate}.get(kind)
    if model is None:
        raise Http404
    record = get_object_or_404(model, pk=key)
    arranged(request, record.member_id)
    actions.remove_record(record, by=request.member)
    return redirect(pane(record.member_id))


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def leave(request: MemberRequest, key: int) -> HttpResponse:
    """Somebody stops working here: all postings end, and what is open goes to others."""
    member = arranged(request, key)
    form, work = LeaveForm(request.POST or None, initial={"left_on": today()}), work_form(request, member)
    if form.is_valid() and (work is None or work.is_valid()) and _left(form, work, member, request.member):
        messages.success(request, _("%(name)s leaves. The account closes that night.") % {"name": member.name})
        return redirect(pane(key))
    title = _("%(name)s leaves") % {"name": member.name}
    return form_page(request, form, title, _("End everything"), pane(key), work=work, is_harsh=True)


def _left(form: forms.Form, work: HandOverForm | None, member: Member, by: Member) -> Any:
    to, words = (work.given(), work.cleaned_data["words"]) if work else ({}, "")
    return attempt(form, actions.leave, member, left_on=form.cleaned_data["left_on"], to=to, words=words, by=by)
