"""The tree of offices: set up, rename, move, close."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.kernel.public import allowed
from jingwei.people import actions
from jingwei.people.models import Department, Member
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.guards import duty_required
from jingwei.people.web.staff.reading import spans_of
from jingwei.places.public import Area, Level

SET_UP = "people.departments"
FORM = "people/staff/form.html"


@dataclass
class Branch:
    department: Department
    parts: list["Branch"] = field(default_factory=list)


class NewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    code = forms.TypedChoiceField(label=gettext_lazy("Serves"), coerce=int)
    parent = forms.ModelChoiceField(label=gettext_lazy("Part of"), queryset=Department.objects.none(), required=False)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        spans = spans_of(member, SET_UP)
        areas = [
            area
            for span in spans
            for area in Area.objects.current()
            .filter(code__range=span)
            .at(Level.DISTRICT, Level.STREET)
            .order_by("code")
        ]
        self.fields["code"].choices = [(area.code, area.title) for area in areas]  # type: ignore[attr-defined]
        self.fields["parent"].queryset = offices(member)  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Part of"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=gettext_lazy("of none"),
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = offices(member)  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    successor = forms.ModelChoiceField(
        label=gettext_lazy("Takes what is open"), queryset=Department.objects.none(), required=False
    )
    words = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("It stands in the history of each piece."),
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].queryset = offices(member)  # type: ignore[attr-defined]


def offices(member: Member) -> Any:
    """Open offices that the member sets up."""
    return allowed(member, "people.create_department", Department.objects.filter(closed_on=None)).order_by("name")


@never_cache
@require_safe
@duty_required(SET_UP)
def departments(request: MemberRequest) -> HttpResponse:
    """All of them, as a tree."""
    branches = {one.pk: Branch(one) for one in offices(request.member)}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.department.parent_id or 0)
        (above.parts if above else roots).append(branch)
    page = {"office": "departments", "roots": roots, "count": len(branches)}
    return render(request, "people/staff/departments.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(SET_UP)
def new(request: MemberRequest) -> HttpResponse:
    form = NewForm(request.POST or None, member=request.member, initial={"parent": request.GET.get("parent")})
    if form.is_valid() and attempt(form, actions.create_department, **form.cleaned_data, by=request.member):
        messages.success(request, _("The office is set up."))
        return redirect("people:departments")
    return _form(request, form, _("Set up an office"), _("Set it up"))


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(SET_UP)
def rename(request: MemberRequest, key: int) -> HttpResponse:
    one = get_object_or_404(offices(request.member), pk=key)
    form = RenameForm(request.POST or None, initial={"name": one.name, "name_en": one.name_en})
    if form.is_valid() and attempt(form, actions.rename_department, one, **form.cleaned_data, by=request.member):
        return redirect("people:departments")
    return _form(request, form, _("Rename: %(name)s") % {"name": one.title}, _("Save"))


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(SET_UP)
def move(request: MemberRequest, key: int) -> HttpResponse:
    one = get_object_or_404(offices(request.member), pk=key)
    form = MoveForm(request.POST or None, member=request.member, initial={"parent": one.parent_id})
    if form.is_valid() and attempt(form, actions.move_department, one, **form.cleaned_data, by=request.member):
        return redirect("people:departments")
    return _form(request, form, _("Move: %(name)s") % {"name": one.title}, _("Move it"))


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(SET_UP)
def close(request: MemberRequest, key: int) -> HttpResponse:
    one = get_object_or_404(offices(request.member), pk=key)
    form = CloseForm(request.POST or None, member=request.member)
    if form.is_valid() and attempt(form, actions.close_department, one, **form.cleaned_data, by=request.member):
        messages.success(request, _("The office is closed."))
        return redirect("people:departments")
    return _form(request, form, _("Close: %(name)s") % {"name": one.title}, _("Close it"), is_harsh=True)


def _form(request: MemberRequest, form: forms.Form, title: str, button: str, **more: Any) -> HttpResponse:
    page = {
        "office": "departments",
        "form": form,
        "title": title,
        "button": button,
        "back": reverse("people:departments"),
        **more,
    }
    return render(request, FORM, page, status=422 if form.errors else 200)
