"""Names the module to Django, its pages to the shells, and its rights to the database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MediationConfig(AppConfig):
    name = "jingwei.mediation"
    verbose_name = _("Mediation")

    def ready(self) -> None:
        from jingwei.cases.public import register_sheet_link  # noqa: PLC0415 - it needs the models
        from jingwei.kernel.public import WEB, WORKER, give_function  # noqa: PLC0415
        from jingwei.mediation import opening, policy, privacy, retention, telling, zones  # noqa: PLC0415 - some register themselves
        from jingwei.ui.public import OwnPage, register_own_page  # noqa: PLC0415

        give_function("mediation_seated", WEB, WORKER)
        give_function("mediation_figures", WEB)
        telling.register()
        privacy.register()
        retention.register()
        zones.register()
        register_sheet_link(opening.link_of)
        register_own_page(
            OwnPage("mediation", pgettext_lazy("rail", "Mediation"), "users", "mediation:home", policy.is_concerned)
        )
