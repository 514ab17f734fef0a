"""From the first thing somebody shows to a session: what is still wanted, and the half-way house until then.

Who has shown a password only is not signed in. A session without a member remembers whose it was, for ten minutes and
as long as the password stays the same.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.kernel.public import Reach, clock, opened
from jingwei.people import signin
from jingwei.people.factors import trust
from jingwei.people.factors.rules import Step, Way, factors_of, step_for
from jingwei.people.key_list import running_out
from jingwei.people.loading import load_member
from jingwei.people.models import Member
from jingwei.people.reach import reach_of
from jingwei.people.recovery import news_for
from jingwei.people.requests import VisitorRequest

HALF = "sign-in.half"
HALF_LIVES = timedelta(minutes=10)
LANGUAGE_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Half:
    """Somebody half-way in: who, by what so far, and where they want to go."""

    member: Member
    ways: tuple[str, ...]
    back: str


def come_in(request: VisitorRequest, member: Member, ways: Sequence[str], back: str) -> HttpResponse:
    """Let `member` in, who has shown in these ways who they are, or go on to what is still wanted."""
    with opened(Reach(member_id=member.pk)):
        factors = factors_of(member)
        if factors and trust.is_trusted(member, request.COOKIES.get(trust.COOKIE)):
            ways = [*ways, Way.TRUSTED]
    step = step_for(member, ways, factors)
    if step is None:
        return let_in(request, member, ways, back)
    request.session.flush()
    until = (clock.now() + HALF_LIVES).timestamp()
    kept = {"member": member.pk, "seal": _seal(member), "ways": list(ways), "back": back, "until": until}
    request.session[HALF] = kept
    request.session.set_expiry(int(HALF_LIVES.total_seconds()))
    return redirect("people:second-factor" if step is Step.PROVE else "people:set-up-factor")


def let_in(request: VisitorRequest, member: Member, ways: Iterable[str], back: str) -> HttpResponse:
    """Begin the session, tell what happened to the account meanwhile, and go where they wanted."""
    signin.sign_in(request, member, [str(way) for way in ways])
    with opened(Reach(member_id=member.pk)):
        news = news_for(member)
    if (count := _keys_running_out(member)) > 0:
        said = ngettext("%(count)d API key expires soon.", "%(count)d API keys expire soon.", count)
        messages.warning(request, said % {"count": count})
    if news:
        messages.warning(
            request, _("Somebody asked for a recovery of your account. Look under “Signing in” who and why.")
        )
    response = redirect(back)
    speak(response, member.language)
    return response


def half_of(request: VisitorRequest) -> Half | None:
    """Who is half-way in here; None if nobody is, or no longer."""
    kept = request.session.get(HALF)
    if request.member is not None or kept is None or kept["until"] <= clock.now().timestamp():
        return None
    with opened(Reach(member_id=kept["member"])):
        member = Member.objects.open().filter(pk=kept["member"]).first()
    if member is None or not constant_time_compare(kept["seal"], _seal(member)):
        return None
    return Half(member, tuple(kept["ways"]), kept["back"])


def half_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let those in who are half-way in, and hand the view who it is; everyone else begins at the beginning."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        half = half_of(cast(VisitorRequest, request))
        if half is None:
            return redirect("people:sign-in")
        with opened(Reach(member_id=half.member.pk)):
            return view(request, half, *args, **kwargs)

    return guarded


def speak(response: HttpResponse, language: str) -> None:
    """Let every screen of this browser speak `language` from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remember_browser(response: HttpResponse, member: Member) -> None:
    """Do not ask `member` for a second factor here for a week."""
    response.set_cookie(
        trust.COOKIE,
        trust.trust_browser(member),
        max_age=trust.TRUST_LIVES,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
        path="/sign-in/",
    )


def _keys_running_out(member: Member) -> int:
    with opened(Reach(member_id=member.pk)):
        holder = load_member(member.pk)
    if not holder.has_duty("people.keys"):
        return 0
    with opened(reach_of(holder)):
        return running_out(holder)


def _seal(member: Member) -> str:
    """Changes with the password: who had the old one does not get in with it half-way."""
    return salted_hmac("jingwei.people.half", member.password, algorithm="sha256").hexdigest()
