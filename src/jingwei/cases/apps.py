from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jingwei.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        from jingwei.cases import policy, zones  # noqa: F401, PLC0415 - the first registers the permits

        zones.register()
