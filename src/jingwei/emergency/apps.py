"""Names the module to Django, tells cases whom an alarm calls, and its rights to the database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmergencyConfig(AppConfig):
    name = "jingwei.emergency"
    verbose_name = _("Emergencies")

    def ready(self) -> None:
        from jingwei.cases.public import (  # noqa: PLC0415 - it needs the models
            register_duty_chain,
            register_listener,
            register_sheet_link,
        )
        from jingwei.emergency import policy, privacy, retention, texts  # noqa: F401, PLC0415 - some register themselves
        from jingwei.emergency.calling import OnDuty  # noqa: PLC0415
        from jingwei.emergency.hearing import heard_part  # noqa: PLC0415
        from jingwei.emergency.link import emergency_link  # noqa: PLC0415
        from jingwei.kernel.public import give_table  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        texts.register()
        register_admin_page(
            AdminPage(
                key="emergencies",
                title=_("Emergencies"),
                icon="urgent",
                url="emergency:incidents",
                duties=(policy.ANSWERS,),
                is_work=True,
            )
        )
        register_admin_page(
            AdminPage(
                key="duty",
                title=pgettext_lazy("rail", "Duty rosters"),
                icon="calendar-time",
                url="emergency:rosters",
                duties=(policy.MANAGES,),
            )
        )
        register_admin_page(
            AdminPage(
                key="plans",
                title=pgettext_lazy("rail", "Emergency plans"),
                icon="list-check",
                url="emergency:plans",
                duties=(policy.MANAGES,),
            )
        )
        register_duty_chain(OnDuty())
        register_sheet_link(emergency_link)
        register_listener(heard_part)
        give_table("emergency_log", web="SELECT, INSERT", worker="SELECT, INSERT, DELETE")
