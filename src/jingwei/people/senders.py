"""How a sign-in code reaches a phone. JINGWEI_SMS_SENDER names the sender; `none` switches sign-in by phone off."""

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _

from jingwei.kernel.public import NotTaken, Refused, environment, send_text, uuid7

Sender = Callable[[str, str], None]

log = logging.getLogger(__name__)
_senders: dict[str, Sender] = {}


def sender(name: str) -> Callable[[Sender], Sender]:
    """Register a sender: a function of the phone (11 digits) and the code. What it cannot deliver, it raises."""

    def register(send: Sender) -> Sender:
        _senders[name] = send
        return send

    return register


def current_sender() -> Sender | None:
    """The sender that the environment names; None where there is none."""
    return _senders.get(environment().sms_sender)


@sender("console")
def print_code(phone: str, code: str) -> None:
    """Into the log. Only for demos and debugging: the environment refuses it elsewhere."""
    log.info("sign-in code for %s: %s", phone, code)


@sender("gateway")
def text_code(phone: str, code: str) -> None:
    """By the SMS gateway, at once: whoever asked is waiting for it."""
    words = _("%(code)s is your sign-in code for Jingwei. It lasts ten minutes. Tell it to nobody.") % {"code": code}
    try:
        send_text(phone, words, key=str(uuid7()), template="sign-in.code")
    except NotTaken as failure:
        log.warning("sms_not_taken", extra={"problem": failure.problem})
        raise Refused(_("The code could not be sent just now. Wait a minute, then try again.")) from failure
