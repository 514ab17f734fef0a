"""Names the module to Django, its page to the desk, and its sender to the process that follows facts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "jingwei.exchange.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from jingwei.exchange.webhooks import policy, sender  # noqa: F401, PLC0415 - registers the permit
        from jingwei.kernel.public import register_follower  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        register_follower("webhooks", sender.run)
        register_admin_page(AdminPage("webhooks", _("Webhooks"), "send", "webhooks:list", ("configuration.manage",)))
