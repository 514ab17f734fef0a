"""The screen of what a leader does to a case that runs late."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import ReasonForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly

SIGNALLING = (
    Screen(
        "raise",
        ReasonForm,
        pgettext_lazy("move", "Raise"),
        _("The level above watches over it from now on. Whoever works on it goes on, and every limit runs on."),
        pgettext_lazy("move", "Raise"),
        _("%(number)s is raised to the level above."),
        plainly(actions.raise_case),
    ),
)
