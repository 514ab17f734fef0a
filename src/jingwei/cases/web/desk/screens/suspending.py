"""The screens of a case that cannot go on for a while."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import ReasonForm
from jingwei.cases.forms_suspending import AskSuspensionForm, KeepSuspendedForm, ResumeForm, SuspendForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly

SUSPENDING = (
    Screen(
        "ask_suspension",
        AskSuspensionForm,
        pgettext_lazy("move", "Ask to suspend"),
        _("For what cannot go on through no fault of yours. A leader one level up decides; until then the clocks run."),
        pgettext_lazy("move", "Ask"),
        _("A suspension is asked for on %(number)s."),
        plainly(actions.ask_suspension_case),
    ),
    Screen(
        "suspend",
        SuspendForm,
        pgettext_lazy("move", "Suspend"),
        _("All its clocks stand until it is resumed. You are reminded on the morning of the review date."),
        pgettext_lazy("move", "Suspend"),
        _("%(number)s is suspended."),
        plainly(actions.suspend_case),
    ),
    Screen(
        "deny_suspension",
        ReasonForm,
        pgettext_lazy("move", "Refuse to suspend"),
        _("The clocks run on. The party reads why."),
        pgettext_lazy("move", "Refuse"),
        _("%(number)s is not suspended."),
        plainly(actions.deny_suspension_case),
    ),
    Screen(
        "keep_suspended",
        KeepSuspendedForm,
        pgettext_lazy("move", "Keep suspended"),
        _("It still cannot go on: its clocks stand until another date."),
        pgettext_lazy("move", "Keep suspended"),
        _("%(number)s stays suspended."),
        plainly(actions.keep_suspended_case),
    ),
    Screen(
        "resume",
        ResumeForm,
        pgettext_lazy("move", "Resume"),
        _("Every clock goes on with as much time as was left when it was suspended."),
        pgettext_lazy("move", "Resume"),
        _("%(number)s goes on."),
        plainly(actions.resume_case),
    ),
)
