from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CasesConfig(AppConfig):
    name = "jingwei.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        from jingwei.calendars.public import register_impact  # noqa: PLC0415
        from jingwei.cases import policy, privacy, telling, telling_appeals, telling_clocks, telling_pauses, zones  # noqa: F401, PLC0415 - the first two register themselves
        from jingwei.cases.actions.rescheduling import impact_of  # noqa: PLC0415
        from jingwei.cases.configured import Categories  # noqa: PLC0415
        from jingwei.cases.handing_over import CaseWork  # noqa: PLC0415 - it needs the models
        from jingwei.cases.signals.configured import Signals  # noqa: PLC0415
        from jingwei.kernel.public import WEB, WORKER, give_function, register_part  # noqa: PLC0415
        from jingwei.people.public import register_work  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        register_admin_page(
            AdminPage(
                key="limits",
                title=pgettext_lazy("rail", "Categories and limits"),
                icon="hourglass",
                url="desk:limits",
                duties=("calendars.manage",),
            )
        )
        register_admin_page(
            AdminPage(
                key="signals",
                title=pgettext_lazy("rail", "Signals and rules"),
                icon="bell-ringing",
                url="desk:signals",
                duties=("configuration.manage",),
            )
        )
        register_admin_page(
            AdminPage(
                key="suggestions",
                title=pgettext_lazy("rail", "Suggesting classes"),
                icon="bulb",
                url="desk:suggestions",
                duties=("calendars.manage",),
            )
        )
        give_function("known_reports", WEB, WORKER)
        give_function("find_words", WEB)
        zones.register()
        telling.register()
        telling_clocks.register()
        telling_pauses.register()
        telling_appeals.register()
        register_work(CaseWork())
        register_part(Categories())
        register_part(Signals())
        register_impact(impact_of)
