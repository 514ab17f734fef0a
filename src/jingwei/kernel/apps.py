"""Starts the kernel with Django: logs, rights in the database, every module's jobs, handlers and personal data."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from jingwei.kernel import grants, logs
from jingwei.kernel.watch.statements import watch_statements


class KernelConfig(AppConfig):
    name = "jingwei.kernel"

    def ready(self) -> None:
        logs.configure()
        watch_statements()
        post_migrate.connect(grants.after_migrate, sender=self)
        autodiscover_modules("jobs", "handlers", "personal", "retention")
