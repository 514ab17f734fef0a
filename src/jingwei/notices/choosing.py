"""Which ways out a notice takes, and who wants no summary of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jingwei.notices.models import Channel, Choices
from jingwei.notices.texts import Text, Topic, Urgency

OWN_CHANNELS = (Channel.SMS, Channel.PUSH, Channel.MAIL)
"""What a person may choose; robots belong to offices."""
USUAL: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Topic.REPORT: frozenset({Channel.SMS, Channel.PUSH, Channel.MAIL}),
        Topic.WORK: frozenset({Channel.PUSH, Channel.MAIL}),
        Topic.LIMITS: frozenset({Channel.PUSH, Channel.MAIL}),
        Topic.DIGEST: frozenset({Channel.PUSH, Channel.MAIL}),
    }
)


@dataclass(frozen=True)
class Ways:
    """What is there for a recipient: a number, a confirmed address, a browser; `open` are the channels set up here."""

    open: frozenset[str]
    has_phone: bool = False
    has_mail: bool = False
    has_device: bool = False

    @property
    def all(self) -> frozenset[str]:
        has = {Channel.SMS: self.has_phone, Channel.MAIL: self.has_mail, Channel.PUSH: self.has_device}
        return frozenset(channel for channel in OWN_CHANNELS if has[channel] and channel in self.open)


def chosen(topic: str, choices: Choices | None) -> frozenset[str]:
    """The channels that a member wants for a topic."""
    own = choices.channels.get(topic) if choices else None
    return USUAL[topic] if own is None else frozenset(own)


def channels_for(text: Text, urgency: str, ways: Ways, choices: Choices | None) -> frozenset[str]:
    """An emergency takes every way there is. What has no words for a text message makes none."""
    if urgency == Urgency.EMERGENCY:
        return ways.all
    silent = frozenset() if text.sms else frozenset({Channel.SMS})
    return (chosen(text.topic, choices) & ways.all) - silent


def without_digest(member_ids: Iterable[int]) -> set[int]:
    """Those of them who do not want to be told their day. One query."""
    rows = Choices.objects.filter(pk__in=list(member_ids), has_digest=False)
    return set(rows.values_list("pk", flat=True))
