"""Where a member is signed in: sessions as devices, and ending them."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.transaction import atomic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import clock, publish, require
from jingwei.people.facts import SessionsEnded
from jingwei.people.models import Member, Session

# The first that is found counts: browsers name those that they descend from.
BROWSERS: tuple[tuple[str, str | Promise], ...] = (
    (r"MicroMessenger", _("WeChat")),
    (r"DingTalk", _("DingTalk")),
    (r"HuaweiBrowser", _("Huawei browser")),
    (r"MiuiBrowser", _("Xiaomi browser")),
    (r"QQBrowser", _("QQ browser")),
    (r"UCBrowser", _("UC browser")),
    (r"Edg", "Edge"),
    (r"OPR/", "Opera"),
    (r"Firefox|FxiOS", "Firefox"),
    (r"Chrome|CriOS", "Chrome"),
    (r"Safari", "Safari"),
)
SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "HarmonyOS"),
    (r"Android", "Android"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)
HAND_HELD = frozenset({"HarmonyOS", "Android", "iPhone", "iPad"})


@dataclass(frozen=True)
class Device:
    """One session as a person knows it. `browser` and `system` are "" where the browser did not say."""

    handle: str
    browser: str | Promise
    system: str
    begun_at: datetime
    active_at: datetime
    is_this: bool

    @property
    def is_hand_held(self) -> bool:
        return self.system in HAND_HELD


def devices_of(member: Member, *, this: str = "", now: datetime | None = None) -> list[Device]:
    """Where `member` is signed in: this one first (`this` is its session's digest), then the latest active."""
    live = Session.objects.filter(member=member, expires_at__gt=now or clock.now()).order_by("-active_at")
    devices = [
        Device(
            handle=one.handle,
            browser=_first(BROWSERS, one.user_agent),
            system=str(_first(SYSTEMS, one.user_agent)),
            begun_at=one.created_at,
            active_at=one.active_at,
            is_this=one.digest == this,
        )
        for one in live
    ]
    return sorted(devices, key=lambda device: not device.is_this)


def live_handles(member: Member, now: datetime | None = None) -> set[str]:
    """What names the sessions in which `member` is signed in."""
    live = Session.objects.filter(member=member, expires_at__gt=now or clock.now())
    return {one.handle for one in live.only("digest")}


def browser_named(agent: str) -> str:
    """A browser as a person knows it: "Chrome · Android"; "" where it did not say."""
    return " · ".join(filter(None, (str(_first(BROWSERS, agent)), str(_first(SYSTEMS, agent)))))


@atomic
def end_sessions(
    member: Member, *, handle: str = "", but: str = "", by: Member | None, now: datetime | None = None
) -> int:
    """Sign `member` out: where `handle` says, else everywhere, but not in the session with the digest `but`.

    One's own, or by who manages accounts. Gives how many there were.
    """
    if by is not None and by.pk != member.pk:
        require(by, "people.account", member)
    chosen = Session.objects.filter(member=member, digest__startswith=handle)
    count, _rows = (chosen.exclude(digest=but) if but else chosen).delete()
    if count:
        publish(SessionsEnded(member_id=member.pk), by=by, at=now)
    return count


def _first(known: tuple[tuple[str, str | Promise], ...] | tuple[tuple[str, str], ...], agent: str) -> str | Promise:
    return next((name for pattern, name in known if re.search(pattern, agent)), "")
