"""The screens of what is asked beside the work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms_oversight import ReplyForm, SuperviseForm, UrgeForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly

OVERSIGHT = (
    Screen(
        "urge",
        UrgeForm,
        pgettext_lazy("move", "Urge"),
        _("Whoever has the case is told that somebody waits for it. Once a day."),
        pgettext_lazy("move", "Urge"),
        _("%(number)s is urged."),
        plainly(actions.urge_case),
    ),
    Screen(
        "supervise",
        SuperviseForm,
        pgettext_lazy("move", "Supervise"),
        _("Whoever has the case answers you in writing. Until then nobody can report it handled or close it."),
        pgettext_lazy("move", "Supervise"),
        _("%(number)s is supervised."),
        plainly(actions.supervise_case),
    ),
    Screen(
        "reply",
        ReplyForm,
        pgettext_lazy("move", "Answer the leader"),
        _("A leader supervises this case and waits for an answer."),
        pgettext_lazy("move", "Answer"),
        _("Your answer on %(number)s is given."),
        plainly(actions.reply_case),
    ),
)
