"""Names the module to Django, and how errors below its addresses are told."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    name = "jingwei.exchange.open311"
    label = "open311"

    def ready(self) -> None:
        from jingwei.exchange.open311.answers import broken  # noqa: PLC0415
        from jingwei.ui.public import register_machine_answer  # noqa: PLC0415

        register_machine_answer("/open311/", broken)
