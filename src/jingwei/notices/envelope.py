"""A delivery made ready: where it goes, and what it says in the recipient's language."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from jingwei.kernel.public import environment
from jingwei.notices.models import Channel, Choices, Delivery, Notice, PushDevice, Robot
from jingwei.notices.texts import Said, Urgency, text_of
from jingwei.notices.unsubscribing import unsubscribe_url


class Dropped(Exception):  # noqa: N818 - it is what happened
    """Nothing is to be sent, and nothing went wrong."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Envelope:
    """`key` is the same at every try. `link` is a whole address, behind signing in; `leave_url` needs none.

    A browser has `device` besides its address.
    """

    key: str
    address: str
    text: str
    said: Said
    link: str
    language: str
    leave_url: str = ""
    is_urgent: bool = False
    device: PushDevice | None = None


def envelope(delivery: Delivery, choices: Choices | None) -> Envelope | None:
    """None where there is no address any more, or nobody knows the text."""
    notice = delivery.notice
    device = PushDevice.objects.filter(pk=delivery.device, member=notice.member).first() if delivery.device else None
    address = device.endpoint if device else _address(notice, delivery.channel, choices)
    text = text_of(notice.text)
    if not address or text is None:
        return None
    language = notice.member.language if notice.member else settings.LANGUAGE_CODE
    with translation.override(language):
        said = text.said(notice.values, is_outside=True)
    link = f"{environment().site_url}{said.url or '/'}"
    leave_url = ""
    if notice.member_id and delivery.channel == Channel.MAIL:
        leave_url = unsubscribe_url(notice.member_id, notice.topic)
    is_urgent = notice.urgency == Urgency.EMERGENCY
    return Envelope(str(delivery.pk), address, notice.text, said, link, language, leave_url, is_urgent, device)


def _address(notice: Notice, channel: str, choices: Choices | None) -> str:
    """Where the channel reaches the recipient now; "" where it does not."""
    if channel == Channel.ROBOT:
        robot = Robot.objects.filter(department=notice.department).first() if notice.department else None
        return robot.url if robot else ""
    if channel == Channel.MAIL:
        return choices.email if choices and choices.confirmed_at else ""
    if channel == Channel.PUSH:
        return ""
    if notice.member:
        return (notice.member.phone or "") if notice.member.is_active else ""
    return notice.phone or ""
