"""Names the module to Django, and tells those below what it adds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "jingwei.publication"
    verbose_name = _("Public cases")

    def ready(self) -> None:
        from jingwei.cases.public import register_publicity  # noqa: PLC0415 - it needs the models
        from jingwei.kernel.public import WORKER, give_function  # noqa: PLC0415
        from jingwei.publication import policy, privacy  # noqa: F401, PLC0415 - they register themselves
        from jingwei.publication.reading import cards  # noqa: PLC0415

        give_function("followers_of", WORKER)
        register_publicity(cards)
