"""Names the module to Django, its pages to the shells, and what it keeps of persons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorklistsConfig(AppConfig):
    name = "jingwei.worklists"
    verbose_name = _("Work lists")

    def ready(self) -> None:
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415 - models come first
        from jingwei.worklists import handing_over, policy, privacy, retention, taken, telling, zones  # noqa: PLC0415

        taken.register()
        telling.register()
        privacy.register()
        retention.register()
        zones.register()
        handing_over.register()
        register_admin_page(
            AdminPage(
                "worklists",
                pgettext_lazy("rail", "Work lists"),
                "list-check",
                "worklists:home",
                (policy.ISSUE, policy.SORT, policy.SEE),
                is_work=True,
            )
        )
