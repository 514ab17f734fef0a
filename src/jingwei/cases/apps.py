from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jingwei.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        from jingwei.cases import policy, privacy, zones  # noqa: F401, PLC0415 - the first two register themselves
        from jingwei.cases.configured import Categories  # noqa: PLC0415
        from jingwei.cases.handing_over import CaseWork  # noqa: PLC0415 - it needs the models
        from jingwei.kernel.public import register_part  # noqa: PLC0415
        from jingwei.people.public import register_work  # noqa: PLC0415

        zones.register()
        register_work(CaseWork())
        register_part(Categories())
