"""The pages of this module that the shells list."""

from django.utils.translation import gettext_lazy as _

from jingwei.ui.public import OwnPage, register_own_page


def register() -> None:
    register_own_page(OwnPage("devices", _("Devices"), "device-desktop", "people:devices", lambda _member: True))
