from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jingwei.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        from jingwei.cases import policy, privacy, zones  # noqa: F401, PLC0415 - the first two register themselves

        zones.register()
