"""Names the module to Django, and tells its pages, texts and what it keeps of persons."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounterConfig(AppConfig):
    name = "jingwei.counter"
    verbose_name = _("Counter")

    def ready(self) -> None:
        from jingwei.counter import policy, privacy, telling  # noqa: PLC0415 - models come first
        from jingwei.kernel.public import WEB, give_function, give_table  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        give_function("resident_with_phone", WEB)
        kept = "SELECT, INSERT, UPDATE"
        give_table("counter_call", web=kept, worker=kept)
        give_table("counter_first_asked", web=f"{kept}, DELETE", worker=kept)
        give_table("counter_script", web="SELECT, INSERT", worker="SELECT, INSERT")
        privacy.register()
        telling.register()
        register_admin_page(
            AdminPage("counter", _("Calls and counter"), "phone", "counter:home", (policy.TAKE,), is_work=True)
        )
        register_admin_page(
            AdminPage(
                "tickets", _("Tickets of the hotline"), "download", "counter:tickets", (policy.IMPORT,), is_work=True
            )
        )
        register_admin_page(
            AdminPage("asked", _("Asked first"), "user-check", "asked:home", (policy.NOTE,), is_work=True)
        )
        register_admin_page(
            AdminPage("asked-overview", _("How people were helped"), "list-check", "asked:overview", (policy.OVERVIEW,))
        )
        register_admin_page(
            AdminPage("scripts", _("What is said to callers"), "message", "counter:scripts", (policy.SCRIPTS,))
        )
