"""A call goes to somebody else: choose whom, with a note; they take it while the caller is still there."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.counter import actions
from jingwei.counter.actions.handing import Takers
from jingwei.counter.models import Call
from jingwei.counter.web.calls import beside, find
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Member, MemberRequest, attempt, member_required


class HandForm(forms.Form):
    """`to` is d7 for an office, m7 for a person."""

    to = forms.ChoiceField(label=gettext_lazy("To whom"))
    note = forms.CharField(
        label=gettext_lazy("What it is about, and what has been promised"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: object, takers: Takers) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.takers = {f"d{one.pk}": one for one in takers.offices} | {f"m{one.pk}": one for one in takers.people}
        people = [(f"m{one.pk}", one.name) for one in takers.people]
        offices = [(f"d{one.pk}", one.name) for one in takers.offices]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (pgettext_lazy("call", "Those who dispatch"), people),
            (pgettext_lazy("call", "Offices"), offices),
        ]

    def chosen(self) -> dict[str, Department | Member]:
        one = self.takers[self.cleaned_data["to"]]
        return {"department": one} if isinstance(one, Department) else {"member": one}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def hand(request: MemberRequest, key: UUID) -> HttpResponse:
    """To whom, and the note. Then the clerk waits with the caller until it is taken."""
    one = find(request, key)
    if one.clerk_id != request.member.pk or one.state != Call.State.OPEN:
        raise Http404
    form = HandForm(request.POST or None, actions.takers_of(one, request.member, clock.now()))
    if form.is_valid():
        note = form.cleaned_data["note"]
        if attempt(form, actions.hand_call, one, note=note, by=request.member, **form.chosen()):
            return redirect("counter:call", key)
    return render(
        request, "counter/hand.html", beside(request, one) | {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@member_required
def keep(request: MemberRequest, key: UUID) -> HttpResponse:
    """Nobody took it: the clerk goes on."""
    actions.keep_call(find(request, key), by=request.member)
    return redirect("counter:call", key)


@require_POST
@member_required
def take(request: MemberRequest, key: UUID) -> HttpResponse:
    """The caller is theirs now."""
    actions.take_call(find(request, key), by=request.member)
    return redirect("counter:call", key)
