"""Names the module to Django, and puts its pages into the desk's rail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CalendarsConfig(AppConfig):
    name = "jingwei.calendars"
    verbose_name = _("Calendars")

    def ready(self) -> None:
        from jingwei.calendars import policy  # noqa: F401, PLC0415 - registers the permits
        from jingwei.calendars.configured import Quiet  # noqa: PLC0415
        from jingwei.kernel.public import register_part  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415 - models come first

        register_part(Quiet())
        register_admin_page(
            AdminPage(
                key="calendars",
                title=pgettext_lazy("rail", "Calendars and hours"),
                icon="calendar-time",
                url="calendars:home",
                duties=("calendars.manage",),
            )
        )
