"""Names the module to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfflineConfig(AppConfig):
    name = "jingwei.offline"
    verbose_name = _("Work without a network")
