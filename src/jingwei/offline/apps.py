"""Names the module to Django, and its page to the shells."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfflineConfig(AppConfig):
    name = "jingwei.offline"
    verbose_name = _("Work without a network")

    def ready(self) -> None:
        from jingwei.offline import privacy, retention  # noqa: F401, PLC0415 - they register themselves
        from jingwei.people.public import Workplace  # noqa: PLC0415
        from jingwei.ui.public import OwnPage, register_own_page  # noqa: PLC0415

        register_own_page(
            OwnPage(
                "phones",
                _("Phones for field work"),
                "device-mobile",
                "offline:phones",
                lambda member: any(post.workplace == Workplace.FIELD for post in member.posts),
            )
        )
