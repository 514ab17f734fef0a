"""The texts that notices themselves send."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.notices.texts import Text, Topic, register_text

TEST = "notices.test"


def register() -> None:
    register_text(
        Text(
            TEST,
            Topic.WORK,
            pgettext_lazy("notice", "Whoever tries out the ways that messages take"),
            _("A test message"),
            _("Whoever runs this site tries out whether messages reach you. There is nothing to do."),
            sms=_("A test message. There is nothing to do."),
        )
    )
