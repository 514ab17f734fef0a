"""Names the module to Django and tells its page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigurationConfig(AppConfig):
    name = "jingwei.exchange.configuration"
    label = "configuration"

    def ready(self) -> None:
        from jingwei.exchange.configuration import policy  # noqa: F401, PLC0415 - registers the permit
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        register_admin_page(
            AdminPage("configuration", _("Configuration"), "settings", "configuration:sets", ("configuration.manage",))
        )
