"""Starts the kernel with Django: logs, then every module's jobs and handlers."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from jingwei.kernel import logs


class KernelConfig(AppConfig):
    name = "jingwei.kernel"

    def ready(self) -> None:
        logs.configure()
        autodiscover_modules("jobs", "handlers")
