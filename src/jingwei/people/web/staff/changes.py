"""What whoever arranges postings does: give, change and end them, hand over, absences, clashes that are kept."""

from typing import Any

from django.contrib import messages
from django.db.transaction import atomic
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jingwei.kernel.public import allowed
from jingwei.people import actions
from jingwei.people.forms_staff import AbsenceForm, ArrangeForm, EndForm, HandOverForm, PostingForm, ReasonForm
from jingwei.people.models import Absence, Member, Posting
from jingwei.people.queries import today
from jingwei.people.requests import MemberRequest
from jingwei.people.web.forms import attempt
from jingwei.people.web.guards import View, member_required
from jingwei.people.web.staff.reading import ARRANGE, MANAGE, spans_of
from jingwei.people.work import open_work_of, takers_of
from jingwei.places.public import name_of

FORM = "people/staff/form.html"


def arranger_required(view: View) -> View:
    """Let those in who arrange postings somewhere."""

    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> Any:
        if not spans_of(request.member, ARRANGE, MANAGE):
            raise Http404
        return view(request, *args, **kwargs)

    return member_required(guarded)


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def arrange(request: MemberRequest) -> HttpResponse:
    """Give somebody a posting."""
    asked = {name: request.GET[name] for name in ("member", "role", "place") if name in request.GET}
    form = ArrangeForm(
        request.POST or None,
        initial={"begins_on": today(), **asked},
        spans=spans_of(request.member, ARRANGE, MANAGE),
        with_apart=request.member.has_duty(MANAGE),
    )
    if form.is_valid():
        member = form.cleaned_data["member"]
        if posting := attempt(form, actions.create_posting, member, **form.given(), by=request.member):
            messages.success(request, _("%(name)s has the posting now.") % {"name": member.name})
            return redirect(pane(posting.member_id))
    return form_page(request, form, _("Arrange a posting"), _("Arrange it"), reverse("people:people"))


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def change(request: MemberRequest, key: int) -> HttpResponse:
    """Other categories, or another last day."""
    posting = _posting(request, key)
    now = {"categories": " ".join(posting.categories), "ends_on": posting.ends_on}
    form = PostingForm(request.POST or None, initial=now)
    if form.is_valid() and attempt(form, actions.change_posting, posting, **form.cleaned_data, by=request.member):
        messages.success(request, _("The posting is changed."))
        return redirect(pane(posting.member_id))
    return form_page(request, form, _about(posting), _("Save"), pane(posting.member_id))


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def end(request: MemberRequest, key: int) -> HttpResponse:
    """The last day of a posting, and who takes what would stay behind."""
    posting = _posting(request, key)
    form = EndForm(request.POST or None, initial={"ends_on": today()})
    work = work_form(request, posting.member)
    if form.is_valid() and (work is None or work.is_valid()):
        ended = attempt(form, _end_and_hand_over, posting, form.cleaned_data["ends_on"], work, request.member)
        if ended is not None:
            messages.success(request, _("The posting ends on %(day)s.") % {"day": ended.ends_on})
            return redirect(pane(posting.member_id))
    title = _("End: %(posting)s") % {"posting": _about(posting)}
    return form_page(request, form, title, _("End it"), pane(posting.member_id), work=work, is_harsh=True)


@atomic
def _end_and_hand_over(posting: Posting, ends_on: Any, work: HandOverForm | None, by: Member) -> Posting:
    ended = actions.end_posting(posting, ends_on=ends_on, by=by)
    if work is not None and work.given():
        actions.hand_over_work(posting.member, work.given(), words=work.cleaned_data["words"], by=by)
    return ended


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def hand_over(request: MemberRequest, key: int) -> HttpResponse:
    """Pass on what lies with a member."""
    member = arranged(request, key)
    work = work_form(request, member)
    if work is not None and work.is_bound and work.is_valid():
        words = work.cleaned_data["words"]
        count = attempt(work, actions.hand_over_work, member, work.given(), words=words, by=request.member)
        if count is not None:
            messages.success(request, _("%(count)d handed over.") % {"count": count})
            return redirect(pane(key))
    title = _("Hand over the work of %(name)s") % {"name": member.name}
    return form_page(request, Form(), title, _("Hand over"), pane(key), work=work)


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def absence(request: MemberRequest, key: int) -> HttpResponse:
    """Somebody is going to be away."""
    member = arranged(request, key)
    form = AbsenceForm(request.POST or None, initial={"begins_on": today()})
    if form.is_valid() and attempt(form, actions.arrange_absence, member, **form.cleaned_data, by=request.member):
        messages.success(request, _("The absence is arranged."))
        return redirect(pane(key))
    title = _("Absence of %(name)s") % {"name": member.name}
    return form_page(request, form, title, _("Arrange it"), pane(key))


@require_POST
@arranger_required
def end_absence(request: MemberRequest, key: int) -> HttpResponse:
    """Back today, or not away after all."""
    one = get_object_or_404(Absence, pk=key)
    arranged(request, one.member_id)
    actions.end_absence(one, by=request.member)
    messages.success(request, _("The absence is over."))
    return redirect(pane(one.member_id))


@never_cache
@require_http_methods(["GET", "POST"])
@arranger_required
def keep_clash(request: MemberRequest, first: int, second: int) -> HttpResponse:
    """Two postings that clash stay as they are, for a reason."""
    postings = _posting(request, first), _posting(request, second)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.keep_clash, *postings, **form.cleaned_data, by=request.member):
        messages.success(request, _("Both stay as they are."))
        return redirect(pane(postings[0].member_id))
    title = _("Keep both postings of %(name)s") % {"name": postings[0].member.name}
    return form_page(request, form, title, _("Keep both"), pane(postings[0].member_id))


def _posting(request: MemberRequest, key: int) -> Posting:
    """A posting that the member may arrange; others are not there."""
    postings = Posting.objects.select_related("member", "department")
    return get_object_or_404(allowed(request.member, "people.post", postings), pk=key)


def arranged(request: MemberRequest, key: int) -> Member:
    """Somebody with a posting that the member may arrange."""
    if not allowed(request.member, "people.post", Posting.objects.filter(member_id=key)).exists():
        raise Http404
    return get_object_or_404(Member, pk=key)


def work_form(request: MemberRequest, member: Member) -> HandOverForm | None:
    """Who takes what of the member's open work; None where nothing is open."""
    work = open_work_of(member)
    if not work:
        return None
    return HandOverForm(request.POST or None, work=work, takers=takers_of(work), member=member)


def _about(posting: Posting) -> str:
    place = posting.department.title if posting.department else name_of(posting.code or 0)
    return _("%(name)s, %(role)s, %(place)s") % {"name": posting.member.name, "role": posting.title, "place": place}


def pane(member_id: int) -> str:
    return f"{reverse('people:people')}?member={member_id}"


def form_page(request: MemberRequest, form: Form, title: str, button: str, back: str, **more: Any) -> HttpResponse:
    page = {"office": "people", "form": form, "title": title, "button": button, "back": back, **more}
    work = more.get("work")
    has_errors = bool(form.errors or (work is not None and work.errors))
    return render(request, FORM, page, status=422 if has_errors else 200)
