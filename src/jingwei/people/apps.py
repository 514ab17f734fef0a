"""Names the module to Django, joins the deployment checks and the live streams, and tells its pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "jingwei.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from jingwei.kernel.public import WEB, WORKER, give_function, give_table, register_part  # noqa: PLC0415
        from jingwei.people import checks, live, pages, staffing, zones  # noqa: F401, PLC0415 - some register themselves
        from jingwei.people.configured import Roles  # noqa: PLC0415
        from jingwei.people.web.guards import duty_required, staff_required  # noqa: PLC0415
        from jingwei.ui.public import register_guards  # noqa: PLC0415

        register_guards(duty=duty_required, staff=staff_required)
        give_function("find_session", WEB)
        give_function("find_key", WEB)
        give_function("find_members", WEB)
        register_part(Roles())
        give_table("personal_read", web="SELECT, INSERT", worker="SELECT, INSERT, DELETE")  # nobody changes it
        give_function("stand_ins", WEB, WORKER)
        pages.register()
        zones.register()
