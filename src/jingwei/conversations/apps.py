"""Names the module to Django, and tells those below what it adds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConversationsConfig(AppConfig):
    name = "jingwei.conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from jingwei.conversations import by_text, policy, privacy, telling, zones  # noqa: F401, PLC0415 - some register themselves
        from jingwei.kernel.public import WEB, WORKER, give_function  # noqa: PLC0415 - it needs the models
        from jingwei.notices.public import register_answer  # noqa: PLC0415
        from jingwei.ui.public import AdminPage, register_admin_page  # noqa: PLC0415

        give_function("conversation_since", WEB, WORKER)
        telling.register()
        register_answer(by_text.take)
        zones.register()
        register_admin_page(
            AdminPage(
                key="conversations",
                title=pgettext_lazy("rail", "Messages to grid workers"),
                icon="message",
                url="conversations:terms",
                duties=(policy.SET_UP,),
            )
        )
