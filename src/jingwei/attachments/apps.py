"""Names the module to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    name = "jingwei.attachments"
    verbose_name = _("Attachments")

    def ready(self) -> None:
        from jingwei.attachments import privacy  # noqa: F401, PLC0415 - it registers itself
