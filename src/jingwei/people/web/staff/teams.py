"""Teams: those of a place, for whoever arranges postings; and one's own, for whoever volunteers."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import allowed
from jingwei.people import actions
from jingwei.people.forms_staff import MemberField, PlaceField
from jingwei.people.models import Department, Member, Team
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.guards import member_required
from jingwei.people.web.staff.changes import arranger_required, form_page
from jingwei.people.web.staff.reading import ARRANGE, MANAGE, spans_of
from jingwei.places.public import names_of

MOST = 200


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Team.Kind.choices, widget=forms.RadioSelect)
    place = PlaceField(
        label=gettext_lazy("Area or office"), max_length=100, help_text=gettext_lazy("Whole name, or the area's number")
    )
    leader = MemberField(label=gettext_lazy("Leader"), max_length=60, required=False)


class JoinForm(forms.Form):
    member = MemberField(label=gettext_lazy("Who"), max_length=60, help_text=gettext_lazy("User name or whole name"))


def _teams(member: Member) -> list[Team]:
    held = allowed(member, "people.team", Team.objects.filter(ends_on=None)).select_related("leader", "department")
    return list(held.prefetch_related("people__member").order_by("code", "name")[:MOST])


@never_cache
@require_safe
@arranger_required
def teams(request: MemberRequest) -> HttpResponse:
    """The teams of the place. Of volunteers only how many they are."""
    found = _teams(request.member)
    names = names_of(team.code for team in found)
    rows = [
        (team, names.get(team.code, ""), [one for one in team.people.all() if one.ends_on is None]) for team in found
    ]
    return render(request, "people/staff/teams.html", {"office": "teams", "rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def new_team(request: MemberRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    form.fields["place"].spans = spans_of(request.member, ARRANGE, MANAGE)  # type: ignore[attr-defined]
    if form.is_valid():
        given = form.cleaned_data
        place = given.pop("place")
        office = place if isinstance(place, Department) else None
        if attempt(form, actions.create_team, **given, code=place.code, department=office, by=request.member):
            return redirect("people:teams")
    return form_page(request, form, _("Set up a team"), _("Set it up"), reverse("people:teams"))


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def add_to_team(request: MemberRequest, key: int) -> HttpResponse:
    team = _kept(request, key)
    form = JoinForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.join_team, team, form.cleaned_data["member"], by=request.member):
        return redirect("people:teams")
    title = _("Somebody for %(team)s") % {"team": team.name}
    return form_page(request, form, title, _("Add"), reverse("people:teams"))


@require_POST
@arranger_required
def take_from_team(request: MemberRequest, key: int, member: int) -> HttpResponse:
    actions.leave_team(_kept(request, key), get_object_or_404(Member, pk=member), by=request.member)
    return redirect("people:teams")


@require_POST
@arranger_required
def end_team(request: MemberRequest, key: int) -> HttpResponse:
    actions.end_team(_kept(request, key), by=request.member)
    return redirect("people:teams")


def _kept(request: MemberRequest, key: int) -> Team:
    return get_object_or_404(allowed(request.member, "people.team", Team.objects.filter(ends_on=None)), pk=key)


@never_cache
@require_safe
@member_required
def own_teams(request: MemberRequest) -> HttpResponse:
    """Teams that one is in, and volunteer teams that one may join; found by name."""
    words = request.GET.get("q", "").strip()[:60]
    mine = Q(people__member=request.member, people__ends_on=None)
    own = list(Team.objects.filter(mine, ends_on=None).order_by("name"))
    open_to_all = Team.objects.filter(kind=Team.Kind.VOLUNTEER, ends_on=None).exclude(pk__in=[one.pk for one in own])
    others = list(open_to_all.filter(Q(name__called=words) if words else Q()).order_by("name")[:MOST])
    names = names_of(team.code for team in [*own, *others])
    page = {
        "own": [(one, names.get(one.code)) for one in own],
        "others": [(one, names.get(one.code)) for one in others],
    }
    return render(request, "people/own/teams.html", page | {"words": words})


@require_POST
@member_required
def volunteer(request: MemberRequest, key: int) -> HttpResponse:
    """Say that one volunteers, or take it back."""
    team = Team.objects.filter(pk=key, ends_on=None).first()
    if team is None or team.kind != Team.Kind.VOLUNTEER:
        raise Http404
    if "leave" in request.POST:
        actions.leave_team(team, request.member, by=request.member)
        messages.success(request, _("You have left the team. Nothing of it is kept."))
    else:
        actions.join_team(team, request.member, by=request.member)
        messages.success(request, _("You are in the team now."))
    return redirect("people:own-teams")
