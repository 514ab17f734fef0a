"""Names the module to Django, and its pages to the shells."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RepeatsConfig(AppConfig):
    name = "jingwei.repeats"
    verbose_name = _("Reports to look at")

    def ready(self) -> None:
        from jingwei.repeats import policy, privacy, retention, telling  # noqa: PLC0415 - it needs the models
        from jingwei.ui.public import AdminPage, OwnPage, register_admin_page, register_own_page  # noqa: PLC0415

        telling.register()
        privacy.register()
        retention.register()
        register_own_page(
            OwnPage(
                "limits", pgettext_lazy("rail", "What holds for my reports"), "scale", "repeats:own", policy.reports
            )
        )
        register_admin_page(
            AdminPage(
                "repeats",
                pgettext_lazy("rail", "Reports to look at"),
                "eye",
                "repeats:home",
                (policy.DECIDE, policy.REVIEW),
            )
        )
        register_admin_page(
            AdminPage(
                "repeat-rules",
                pgettext_lazy("rail", "Rules about reports"),
                "filter",
                "repeats:rules",
                (policy.SET_UP,),
            )
        )
