"""Names the module to Django and hangs out the sign of every portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalsConfig(AppConfig):
    name = "jingwei.portals"
    verbose_name = _("Portals")

    def ready(self) -> None:
        from jingwei.portals import switch  # noqa: PLC0415 - it needs the models

        switch.register()
