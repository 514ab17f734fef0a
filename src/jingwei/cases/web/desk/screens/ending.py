"""Screens of after the work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import CheckForm, MoveForm, ReopenForm
from jingwei.cases.models import Case
from jingwei.cases.web.desk.screens.screen import Screen, plainly, with_photos
from jingwei.people.public import Member


def _check(form: MoveForm, member: Member) -> Case:
    passed = isinstance(form, CheckForm) and form.has_passed
    return with_photos(actions.check_case if passed else actions.rework_case)(form, member)


ENDING = (
    Screen(
        "check",
        CheckForm,
        _("Check the result"),
        _("Passed: the case is closed. Not passed: it goes back to the party, and the promise runs on."),
        pgettext_lazy("move", "Save the result"),
        _("%(number)s is checked."),
        _check,
        also=frozenset({"rework"}),
    ),
    Screen(
        "reopen",
        ReopenForm,
        pgettext_lazy("move", "Reopen"),
        _("It is filed again with a new promise. The first result stays on record."),
        pgettext_lazy("move", "Reopen"),
        _("%(number)s is reopened."),
        plainly(actions.reopen_case),
    ),
)
