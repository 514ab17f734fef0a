"""Where cases go, at the desk: the rules in order, one rule, a try, a day replayed, publication, earlier editions."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.calendars.public import calendars
from jingwei.cases.routing import actions
from jingwei.cases.routing.book import rules_of
from jingwei.cases.routing.forms import DayForm, ReasonForm, RuleForm, TryForm
from jingwei.cases.routing.ground import Ground
from jingwei.cases.routing.models import Rule, RuleEdition
from jingwei.cases.routing.policy import MANAGE
from jingwei.cases.routing.replaying import replay_day
from jingwei.cases.routing.route import route
from jingwei.cases.routing.web.shown import MOST_SHOWN, answers_of, shown_edition, shown_rules, went_elsewhere
from jingwei.cases.routing.words import Teller
from jingwei.kernel.public import clock
from jingwei.people.public import MemberRequest, attempt, duty_required

PAGE = {"office": "routing"}


@never_cache
@require_safe
@duty_required(MANAGE)
def home(request: MemberRequest) -> HttpResponse:
    """The rules in their order: those of the draft, or where there is none those in force."""
    edition = shown_edition()
    rules = rules_of(edition) if edition else ()
    is_draft = edition is not None and edition.published_at is None
    given = {"edition": edition, "is_draft": is_draft, "rows": shown_rules(rules, _today())}
    return render(request, "routing/home.html", PAGE | given)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGE)
def rule(request: MemberRequest, key: str = "") -> HttpResponse:
    """The form of one rule, new or as it stands."""
    found = _find(key) if key else Rule()
    form = RuleForm(request.POST or None, rule=found, ground=Ground.read([found]))
    if form.is_valid() and attempt(form, actions.save_rule, form.made(), by=request.member):
        messages.success(request, _("Saved in the draft. It holds once the draft is published."))
        return redirect("routing:home")
    status = 422 if form.errors else 200
    return render(request, "routing/rule.html", PAGE | {"form": form, "rule": found}, status=status)


@require_POST
@duty_required(MANAGE)
def change(request: MemberRequest, key: str, deed: str) -> HttpResponse:
    """One place up or down, on or off, or out of the draft."""
    _find(key)
    match deed:
        case "up" | "down":
            actions.move_rule(key, up=deed == "up", by=request.member)
        case "on" | "off":
            actions.switch_rule(key, on=deed == "on", by=request.member)
        case "remove":
            actions.remove_rule(key, by=request.member)
        case _:
            raise Http404
    return redirect("routing:home")


@never_cache
@require_safe
@duty_required(MANAGE)
def try_out(request: MemberRequest) -> HttpResponse:
    """A case that might be: which rule decides what about it, and why not the others."""
    edition = shown_edition()
    rules = rules_of(edition) if edition else ()
    ground = Ground.read(rules)
    form = TryForm(request.GET if "category" in request.GET else None, ground=ground, initial={"at": clock.now()})
    given: dict[str, Any] = {"form": form, "edition": edition}
    if form.is_valid():
        facts = form.facts()
        decision = route(facts, rules, calendars())
        teller = Teller(rules, ground)
        given["tried"] = [teller.tried(one) for one in decision.tried]
        given["answers"] = answers_of(facts, decision, teller)
    return render(request, "routing/try.html", PAGE | given, status=422 if form.errors else 200)


@never_cache
@require_safe
@duty_required(MANAGE)
def replay(request: MemberRequest) -> HttpResponse:
    """The cases of a day under the draft, beside what the rules in force say of them."""
    form = DayForm(request.GET if "day" in request.GET else {"day": _today() - timedelta(days=1)})
    given: dict[str, Any] = {"form": form, "draft": actions.draft(), "most": f":{MOST_SHOWN}"}
    if form.is_valid():
        given |= _replayed(form.cleaned_data["day"])
    return render(request, "routing/replay.html", PAGE | given, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGE)
def publish(request: MemberRequest) -> HttpResponse:
    """What yesterday would have been, and the reason; then the draft holds."""
    draft = actions.draft()
    if draft is None:
        return redirect("routing:home")
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.publish_draft, by=request.member, **form.cleaned_data):
        messages.success(request, _("Edition %(number)d holds from now on.") % {"number": draft.number})
        return redirect("routing:home")
    given = {"form": form, "draft": draft, "most": f":{MOST_SHOWN}"} | _replayed(_today() - timedelta(days=1))
    return render(request, "routing/publish.html", PAGE | given, status=422 if form.errors else 200)


@require_POST
@duty_required(MANAGE)
def discard(request: MemberRequest) -> HttpResponse:
    """What holds goes on; the draft is gone."""
    if actions.draft() is not None:
        actions.discard_draft(by=request.member)
        messages.success(request, _("The draft is gone. What holds goes on."))
    return redirect("routing:home")


@never_cache
@require_safe
@duty_required(MANAGE)
def editions(request: MemberRequest) -> HttpResponse:
    """Every edition that was published, the newest first."""
    rows = RuleEdition.objects.filter(published_at__isnull=False).select_related("published_by")
    return render(request, "routing/editions.html", PAGE | {"editions": rows[:MOST_SHOWN]})


@never_cache
@require_safe
@duty_required(MANAGE)
def edition(request: MemberRequest, number: int) -> HttpResponse:
    """The rules of an edition as they stood."""
    found = get_object_or_404(RuleEdition, number=number, published_at__isnull=False)
    given = {"edition": found, "rows": shown_rules(rules_of(found), _today())}
    return render(request, "routing/edition.html", PAGE | given)


@require_POST
@duty_required(MANAGE)
def restore(request: MemberRequest, number: int) -> HttpResponse:
    """An earlier edition becomes the draft."""
    get_object_or_404(RuleEdition, number=number, published_at__isnull=False)
    actions.restore_edition(number, by=request.member)
    messages.success(request, _("The draft now says what edition %(number)d said.") % {"number": number})
    return redirect("routing:home")


def _find(key: str) -> Rule:
    """A rule of the edition that the list shows."""
    shown = shown_edition()
    found = next((one for one in rules_of(shown) if one.key == key), None) if shown else None
    if found is None:
        raise Http404
    return found


def _replayed(day: date) -> dict[str, Any]:
    edition = shown_edition()
    rules = rules_of(edition) if edition else ()
    ground = Ground.read(rules)
    replayed = replay_day(rules, day, ground)
    return {"day": day, "replayed": replayed, "elsewhere": went_elsewhere(replayed, Teller(rules, ground))}


def _today() -> date:
    return clock.local(clock.now()).date()
