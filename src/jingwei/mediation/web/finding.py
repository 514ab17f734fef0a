"""The dispute of an address, for whoever has a seat at it; for everybody else it is not there."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import may
from jingwei.mediation.models import Mediation
from jingwei.mediation.privacy import note_opened
from jingwei.people.public import MemberRequest


def found(request: MemberRequest, number: str, permit: str = "mediation.see") -> Mediation:
    """Raises Http404. Who only looks leaves a note that they did."""
    row = Mediation.objects.filter(number=number).first()
    if row is None or not may(request.member, permit, row):
        raise Http404
    if request.method == "GET":
        note_opened(row, by=request.member)
    return row


def back(row: Mediation) -> HttpResponse:
    return redirect("mediation:sheet", row.number)


def asked(request: MemberRequest, row: Mediation, form: forms.Form, title: object, said: object = "") -> HttpResponse:
    """A page with one form."""
    given = {"row": row, "form": form, "title": title, "said": said, "send": _("Write it down")}
    return render(request, "mediation/form.html", given, status=422 if form.errors else 200)
