"""Screens of the work."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import DispatchForm, HandleForm, PassOnForm, ReasonForm, RecallForm
from jingwei.cases.forms_work import ChangeAssistantForm, FinishForm, ReportInForm, WhistleForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly, with_photos

WORK = (
    Screen(
        "dispatch",
        DispatchForm,
        pgettext_lazy("move", "Dispatch"),
        _("You can recall it for 5 minutes, as long as nobody has accepted it."),
        pgettext_lazy("move", "Dispatch"),
        _("%(number)s is dispatched. You can recall it for 5 minutes."),
        plainly(actions.dispatch_case),
        template="cases/desk/moves/dispatch.html",
    ),
    Screen(
        "whistle",
        WhistleForm,
        pgettext_lazy("move", "Whistle"),
        _("Calls several departments to the place at once. Each reports in there within 30 minutes, day and night."),
        pgettext_lazy("move", "Whistle"),
        _("The departments are called to %(number)s."),
        plainly(actions.whistle_case),
    ),
    Screen(
        "change_assistant",
        ChangeAssistantForm,
        pgettext_lazy("move", "Change assistants"),
        _("Whoever is called in gets a part of its own, with its own time to report in."),
        pgettext_lazy("move", "Save"),
        _("%(number)s has other assistants now."),
        plainly(actions.change_assistant_case),
    ),
    Screen(
        "join",
        ReportInForm,
        pgettext_lazy("move", "Report in to assist"),
        _("You take your part on. The lead goes on with the case."),
        pgettext_lazy("move", "Report in"),
        _("You assist with %(number)s."),
        plainly(actions.join_case),
    ),
    Screen(
        "finish",
        FinishForm,
        pgettext_lazy("move", "Finish own part"),
        _("The lead ends the case once everybody who assists is done."),
        pgettext_lazy("move", "My part is done"),
        _("Your part of %(number)s is done."),
        with_photos(actions.finish_case),
    ),
    Screen(
        "decline",
        ReasonForm,
        pgettext_lazy("move", "Give back own part"),
        _("The lead goes on without you. You will not be asked again without a higher level's word."),
        pgettext_lazy("move", "Give back"),
        _("Your part of %(number)s is given back."),
        plainly(actions.decline_case),
    ),
    Screen(
        "recall",
        RecallForm,
        pgettext_lazy("move", "Recall"),
        _("It comes back to you to be dispatched anew."),
        pgettext_lazy("move", "Recall"),
        _("%(number)s is recalled."),
        plainly(actions.recall_case),
    ),
    Screen(
        "pass_on",
        PassOnForm,
        pgettext_lazy("move", "Pass on"),
        _("Another party takes it as it stands. What was accepted stays accepted, and every limit runs on."),
        pgettext_lazy("move", "Pass on"),
        _("%(number)s is passed on."),
        plainly(actions.pass_on_case),
        template="cases/desk/moves/pass_on.html",
    ),
    Screen(
        "report_in",
        ReportInForm,
        pgettext_lazy("move", "Report in"),
        _("You take it on: the time for handling runs."),
        pgettext_lazy("move", "Report in"),
        _("%(number)s is in hand."),
        plainly(actions.report_in_case),
    ),
    Screen(
        "return",
        ReasonForm,
        pgettext_lazy("move", "Return"),
        _("It goes back to whoever dispatched it, and will not come to you again without a higher level's word."),
        pgettext_lazy("move", "Return"),
        _("%(number)s is returned."),
        plainly(actions.return_case),
    ),
    Screen(
        "handle",
        HandleForm,
        pgettext_lazy("move", "Handle"),
        _("Somebody who did not handle it checks the result."),
        pgettext_lazy("move", "Report it handled"),
        _("%(number)s is handled."),
        with_photos(actions.handle_case),
    ),
)
