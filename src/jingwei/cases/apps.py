from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jingwei.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        from jingwei.cases import policy, privacy, zones  # noqa: F401, PLC0415 - the first two register themselves
        from jingwei.cases.handing_over import CaseWork  # noqa: PLC0415 - it needs the models
        from jingwei.people.public import register_work  # noqa: PLC0415

        zones.register()
        register_work(CaseWork())
