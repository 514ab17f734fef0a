"""Text messages: a sentence and the address of the page, no more."""

from jingwei.kernel.public import send_text
from jingwei.notices.envelope import Envelope

LONGEST = 300
"""Characters: the most that gateways join into one message."""


def send_sms(envelope: Envelope) -> None:
    words = envelope.said.sms or envelope.said.title
    room = LONGEST - len(envelope.link) - 1
    send_text(envelope.address, f"{words[:room]} {envelope.link}", key=envelope.key, template=envelope.text)
