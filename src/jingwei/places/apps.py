"""Names the module to Django, and tells what it holds and which pages it has."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "jingwei.places"
    verbose_name = _("Places")

    def ready(self) -> None:
        from jingwei.kernel.public import register_part  # noqa: PLC0415
        from jingwei.places.changes import contents  # noqa: PLC0415
        from jingwei.places.configured import Areas  # noqa: PLC0415
        from jingwei.places.web.areas import DUTY, OFFICE  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        contents.register()
        register_part(Areas())
        title = _("Areas and boundaries")
        register_admin_page(AdminPage(OFFICE, _("Areas"), "sitemap", "places:areas", (DUTY,)))
        register_admin_page(AdminPage("coverage", title, "polygon", "places:coverage", ("places.boundaries",)))
