"""Everything that changes who is told of what."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Min
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.exchange.webhooks.events import offered_kinds
from jingwei.exchange.webhooks.facts import WebhookChanged
from jingwei.exchange.webhooks.models import Subscription
from jingwei.exchange.webhooks.signing import new_secret
from jingwei.kernel.public import FactRow, Refused, clock, environment, last_seq, publish, require
from jingwei.people.public import Member
from jingwei.places.public import Area

LONGEST_URL = 500
WELL = {"failures": 0, "failing_since": None, "next_at": None, "died_at": None}


@atomic
def create_subscription(
    *,
    name: str,
    url: str,
    kinds: Iterable[str],
    codes: Iterable[int] = (),
    is_on: bool = True,
    by: Member | None,
    now: datetime | None = None,
) -> tuple[Subscription, str]:
    """Tell `url` of these kinds of facts from now on; with the secret, which is shown once."""
    now = now or clock.now()
    wanted, areas = sorted(set(kinds)), sorted(set(codes))
    check_url(url)
    if not wanted or not set(wanted) <= set(offered_kinds()):
        raise Refused(_("Choose at least one kind from the list."))
    if Area.objects.filter(pk__in=areas).count() != len(areas):
        raise Refused(_("One of these areas does not exist."))
    secret = new_secret()
    made = Subscription(
        name=name.strip()[:80] or urlsplit(url).hostname or "", url=url, kinds=wanted, codes=areas, secret=secret
    )
    made.is_on, made.seq, made.created_at, made.created_by = is_on, last_seq(), now, by
    _ask(by, made)
    made.save()
    _tell(made, "created", by, now)
    return made, secret


def check_url(url: str) -> None:
    """Refused where it can be seen without a look into the network that this address is not called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(_("This address cannot be read.")) from None
    host = parts.hostname or ""
    is_ours = bool({host, f"{host}:{port}"} & set(environment().outgoing_hosts))
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if not (is_plain and host and not parts.username and parts.scheme in {"https", "http"}):
        raise Refused(_("Give an address such as https://example.org/hook, without a name or password in it."))
    if not is_ours and (parts.scheme != "https" or port not in {None, 443, 8443}):
        raise Refused(
            _("Only https on port 443 or 8443 is called. A host of your own network stands in JINGWEI_OUTGOING_HOSTS.")
        )


@atomic
def switch_subscription(
    subscription: Subscription, *, is_on: bool, by: Member | None, now: datetime | None = None
) -> Subscription:
    """Send again from where it stopped, or stop there."""
    held = _held(subscription, by)
    held.is_on = is_on
    for name, value in WELL.items():
        setattr(held, name, value)
    held.save()
    _tell(held, "switched_on" if is_on else "switched_off", by, now)
    return held


@atomic
def replay_subscription(
    subscription: Subscription,
    *,
    after_seq: int | None = None,
    since: datetime | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Subscription:
    """Send once more what came after a number, or since a moment."""
    held = _held(subscription, by)
    if (after_seq is None) == (since is None):
        raise Refused(_("Say from which moment, or after which number."))
    newest = last_seq()
    if since is not None:
        first = FactRow.objects.filter(recorded_at__gte=since, seq__isnull=False).aggregate(first=Min("seq"))["first"]
        after_seq = newest if first is None else first - 1
    if not 0 <= (after_seq or 0) <= newest:
        raise Refused(_("Numbers go from 0 to %(newest)d.") % {"newest": newest})
    held.seq = after_seq or 0
    held.next_at = None
    held.save(update_fields=["seq", "next_at"])
    _tell(held, "replayed", by, now)
    return held


@atomic
def renew_secret(
    subscription: Subscription, *, by: Member | None, now: datetime | None = None
) -> tuple[Subscription, str]:
    """Another secret, from the next call on; the old one signs nothing more."""
    held = _held(subscription, by)
    held.secret = new_secret()
    held.save(update_fields=["secret"])
    _tell(held, "renewed", by, now)
    return held, held.secret


@atomic
def want_trial(subscription: Subscription, *, by: Member | None, now: datetime | None = None) -> Subscription:
    """Have an event sent that says nothing; what comes of it stands in the log of attempts."""
    held = _held(subscription, by)
    held.trial_wanted_at = now or clock.now()
    held.save(update_fields=["trial_wanted_at"])
    return held


@atomic
def delete_subscription(subscription: Subscription, *, by: Member | None, now: datetime | None = None) -> None:
    """End it for good, with its log."""
    held = _held(subscription, by)
    _tell(held, "deleted", by, now)
    held.delete()


def _held(subscription: Subscription, by: Member | None) -> Subscription:
    held = Subscription.objects.select_for_update().get(pk=subscription.pk)
    _ask(by, held)
    return held


def _ask(by: Member | None, subscription: Subscription) -> None:
    if by is not None:
        require(by, "webhooks.manage", subscription)


def _tell(subscription: Subscription, what: str, by: Member | None, now: datetime | None) -> None:
    publish(WebhookChanged(subscription_id=subscription.pk, what=what), by=by, at=now or clock.now())
