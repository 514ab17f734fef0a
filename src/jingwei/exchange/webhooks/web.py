"""Subscriptions on their pages: who is told of what, how that goes, and what can be done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.exchange.webhooks import actions
from jingwei.exchange.webhooks.forms import ReplayForm, SubscriptionForm
from jingwei.exchange.webhooks.kinds import kind_title
from jingwei.exchange.webhooks.models import Subscription
from jingwei.kernel.public import Refused, last_seq
from jingwei.people.public import MemberRequest, duty_required

OFFICE = {"office": "webhooks"}
ATTEMPTS_SHOWN = 50
open_to_administrators = duty_required("configuration.manage")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_administrators
def subscriptions(request: MemberRequest) -> HttpResponse:
    """All of them, and the form for another. Its secret is shown in the answer to the form, and never again."""
    form = SubscriptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.create_subscription(**form.given(), by=request.member)
            return _shown(request, made, secret=secret)
        except Refused as no:
            form.add_error(None, no.message)
    given = {"form": form, "subscriptions": Subscription.objects.all(), "newest": last_seq()}
    return render(request, "webhooks/list.html", OFFICE | given, status=422 if form.errors else 200)


@never_cache
@require_safe
@open_to_administrators
def one(request: MemberRequest, key: int) -> HttpResponse:
    """One subscription with its last attempts."""
    return _shown(request, _found(key))


def _shown(request: MemberRequest, subscription: Subscription, **more: Any) -> HttpResponse:
    newest = last_seq()
    given = {
        "subscription": subscription,
        "kinds": [kind_title(kind) for kind in subscription.kinds],
        "attempts": [(one, kind_title(one.kind)) for one in subscription.attempts.order_by("-pk")[:ATTEMPTS_SHOWN]],
        "behind": max(newest - subscription.seq, 0),
        "newest": newest,
        "replay_form": ReplayForm(),
    }
    form = more.get("replay_form")
    return render(request, "webhooks/one.html", OFFICE | given | more, status=422 if form and form.errors else 200)


@require_POST
@open_to_administrators
def switch(request: MemberRequest, key: int) -> HttpResponse:
    """On or off, whichever it is not."""
    found = _found(key)
    actions.switch_subscription(found, is_on=not found.is_on, by=request.member)
    return redirect("webhooks:one", key)


@require_POST
@open_to_administrators
def trial(request: MemberRequest, key: int) -> HttpResponse:
    actions.want_trial(_found(key), by=request.member)
    messages.success(request, _("A trial is on its way. What comes of it stands below in a moment."))
    return redirect("webhooks:one", key)


@require_POST
@open_to_administrators
def replay(request: MemberRequest, key: int) -> HttpResponse:
    found, form = _found(key), ReplayForm(request.POST)
    if form.is_valid():
        try:
            actions.replay_subscription(found, **form.cleaned_data, by=request.member)
            return redirect("webhooks:one", key)
        except Refused as no:
            form.add_error(None, no.message)
    return _shown(request, found, replay_form=form)


@never_cache
@require_POST
@open_to_administrators
def renew(request: MemberRequest, key: int) -> HttpResponse:
    """Another secret, shown in the answer and never again."""
    found, secret = actions.renew_secret(_found(key), by=request.member)
    return _shown(request, found, secret=secret)


@require_POST
@open_to_administrators
def delete(request: MemberRequest, key: int) -> HttpResponse:
    actions.delete_subscription(_found(key), by=request.member)
    messages.success(request, _("Nothing is sent there any more."))
    return redirect("webhooks:list")


def _found(key: int) -> Subscription:
    return get_object_or_404(Subscription, pk=key)
