"""Screens of before the work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import FileForm, MoveForm, ReasonForm, RejectForm, SendDownForm, SolveForm
from jingwei.cases.models import Photo
from jingwei.cases.web.desk.screens.screen import Screen, plainly, with_photos

TRIAGE = (
    Screen(
        "file",
        FileForm,
        pgettext_lazy("move", "File"),
        _("It is something to deal with, of this class, in this grid. The promise counts from the report."),
        pgettext_lazy("move", "File"),
        _("%(number)s is filed."),
        plainly(actions.file_case),
        template="cases/desk/moves/class.html",
    ),
    Screen(
        "reject",
        RejectForm,
        pgettext_lazy("move", "Do not file"),
        _("The case ends here. Whoever reported it reads the reason."),
        pgettext_lazy("move", "Do not file"),
        _("%(number)s is not filed."),
        plainly(actions.reject_case),
        is_harsh=True,
    ),
    Screen(
        "solve",
        SolveForm,
        pgettext_lazy("move", "Solve on the spot"),
        _("It was dealt with there and then: the case is closed."),
        pgettext_lazy("move", "Solved, close"),
        _("%(number)s is solved and closed."),
        with_photos(actions.solve_case, Photo.Moment.AFTER),
        template="cases/desk/moves/class.html",
    ),
    Screen(
        "withdraw",
        MoveForm,
        pgettext_lazy("move", "Withdraw"),
        _("You reported this yourself and take it back: the case ends here."),
        pgettext_lazy("move", "Withdraw"),
        _("%(number)s is withdrawn."),
        plainly(actions.withdraw_case),
        is_harsh=True,
    ),
    Screen(
        "escalate",
        ReasonForm,
        pgettext_lazy("move", "Escalate"),
        _("The level above answers for it from now on. Work that was sent out is called back."),
        pgettext_lazy("move", "Escalate"),
        _("%(number)s is with the level above."),
        plainly(actions.escalate_case),
    ),
    Screen(
        "send_down",
        SendDownForm,
        pgettext_lazy("move", "Send down"),
        _("A lower level answers for it from now on."),
        pgettext_lazy("move", "Send down"),
        _("%(number)s is with the level below."),
        plainly(actions.send_down_case),
    ),
)
