"""Names the module to Django and hangs out the sign of every portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalsConfig(AppConfig):
    name = "jingwei.portals"
    verbose_name = _("Portals")

    def ready(self) -> None:
        from jingwei.cases.public import taken_cases  # noqa: PLC0415
        from jingwei.offline.public import register_taken  # noqa: PLC0415
        from jingwei.portals import switch  # noqa: PLC0415 - it needs the models
        from jingwei.portals.field.taken import taken_pages  # noqa: PLC0415

        switch.register()
        register_taken(taken_pages)
        register_taken(taken_cases)
