"""Names the module to Django, its pages to the shells, and its rights to the database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticesConfig(AppConfig):
    name = "jingwei.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from jingwei.kernel.public import register_figures, register_readiness  # noqa: PLC0415
        from jingwei.notices import own_texts, policy, privacy, retention  # noqa: F401, PLC0415 - some register themselves
        from jingwei.notices.figures import channel_figures  # noqa: PLC0415
        from jingwei.notices.overview import look_at_channels  # noqa: PLC0415
        from jingwei.ui.public import (  # noqa: PLC0415
            AdminPage,
            Bell,
            OwnPage,
            register_admin_page,
            register_bell,
            register_own_page,
        )

        own_texts.register()
        register_readiness("messages", look_at_channels)
        register_figures(channel_figures)
        register_bell(Bell(_("Messages"), "notices:inbox", "notices:count"))
        register_own_page(OwnPage("messages", _("Messages"), "bell", "notices:inbox", lambda _member: True))
        register_own_page(OwnPage("notices", _("How I am told"), "message", "notices:choices", lambda _member: True))
        register_admin_page(
            AdminPage(
                key="notices",
                title=pgettext_lazy("rail", "Notices"),
                icon="bell",
                url="notices:overview",
                duties=(policy.MANAGE,),
            )
        )
