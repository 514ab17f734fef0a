"""Starts the kernel with Django: logs, then every module's jobs, handlers and register of personal data."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from jingwei.kernel import logs
from jingwei.kernel.watch.statements import watch_statements


class KernelConfig(AppConfig):
    name = "jingwei.kernel"

    def ready(self) -> None:
        logs.configure()
        watch_statements()
        autodiscover_modules("jobs", "handlers", "personal")
