"""Names routing to Django, and tells its part of the configuration."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "jingwei.cases.routing"
    label = "routing"

    def ready(self) -> None:
        from jingwei.cases.routing import policy  # noqa: F401, PLC0415 - registers the permit
        from jingwei.cases.routing.configured import Routing  # noqa: PLC0415 - models come first
        from jingwei.kernel.public import register_part  # noqa: PLC0415

        register_part(Routing())
