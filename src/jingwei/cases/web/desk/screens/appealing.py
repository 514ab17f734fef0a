"""The screens of appeals."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms_appealing import AppealForm, DecideForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly

APPEALING = (
    Screen(
        "appeal",
        AppealForm,
        pgettext_lazy("move", "Appeal"),
        _("What is on record stays there. If the appeal is upheld, no figure counts it."),
        pgettext_lazy("move", "Appeal"),
        _("The appeal on %(number)s is made. It is decided within 5 working days."),
        plainly(actions.appeal_case),
    ),
    Screen(
        "decide",
        DecideForm,
        pgettext_lazy("move", "Decide the appeal"),
        _("Upheld: the record stays and counts in no figure; a report that was not filed is looked at again."),
        pgettext_lazy("move", "Decide"),
        _("The appeal on %(number)s is decided."),
        plainly(actions.decide_case),
    ),
)
