"""The screens of more time."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import ReasonForm
from jingwei.cases.forms_extending import AskExtensionForm, ExtendForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly

EXTENDING = (
    Screen(
        "ask_extension",
        AskExtensionForm,
        pgettext_lazy("move", "Ask for more time"),
        _("Whoever dispatched it decides. A case is extended once; until then the date stands."),
        pgettext_lazy("move", "Ask"),
        _("More time is asked for on %(number)s."),
        plainly(actions.ask_extension_case),
    ),
    Screen(
        "extend",
        ExtendForm,
        pgettext_lazy("move", "Extend"),
        _("The promise moves to this date. Whoever reported it sees both dates."),
        pgettext_lazy("move", "Extend"),
        _("%(number)s has more time."),
        plainly(actions.extend_case),
    ),
    Screen(
        "refuse_extension",
        ReasonForm,
        pgettext_lazy("move", "Refuse more time"),
        _("The date stands. The party reads why."),
        pgettext_lazy("move", "Refuse"),
        _("%(number)s keeps its date."),
        plainly(actions.refuse_extension_case),
    ),
)
