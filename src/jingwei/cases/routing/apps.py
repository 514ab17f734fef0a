"""Names routing to Django, and tells its page and its part of the configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoutingConfig(AppConfig):
    name = "jingwei.cases.routing"
    label = "routing"

    def ready(self) -> None:
        from jingwei.cases.routing import policy  # noqa: PLC0415 - registers the permit
        from jingwei.cases.routing.configured import Routing  # noqa: PLC0415 - models come first
        from jingwei.kernel.public import register_part  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        register_admin_page(AdminPage("routing", _("Where cases go"), "git-merge", "routing:home", (policy.MANAGE,)))
        register_part(Routing())
