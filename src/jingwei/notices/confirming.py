"""The mail that asks whether a mailbox is the member's. It goes to an address that does not count yet."""

from django.utils import translation
from django.utils.translation import gettext as _

from jingwei.kernel.public import uuid7
from jingwei.notices.addresses import confirm_url
from jingwei.notices.channels.mail import send_mail
from jingwei.notices.envelope import Envelope
from jingwei.notices.models import Choices
from jingwei.notices.texts import Said


def send_confirmation(row: Choices) -> None:
    """Raises NotTaken where it cannot be handed over."""
    language = row.member.language
    with translation.override(language):
        said = Said(
            title=_("Is this your mailbox?"),
            body=_(
                "Somebody gave this address in Jingwei, to be told by e-mail. If it was you, open the page and confirm "
                "it within 7 days. If not, do nothing: then nothing more is sent here."
            ),
            sms="",
            url="",
        )
    send_mail(Envelope(str(uuid7()), row.email, "notices.confirm", said, confirm_url(row), language))
