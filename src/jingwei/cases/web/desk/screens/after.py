"""The screens of what follows the end."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms_after import CallBackForm, InspectForm, ReviewForm
from jingwei.cases.web.desk.screens.screen import Screen, plainly

AFTER = (
    Screen(
        "call_back",
        CallBackForm,
        pgettext_lazy("move", "Call back"),
        _("You have talked with whoever reported it, or tried to. What is to be put right has 15 working days."),
        pgettext_lazy("move", "Save"),
        _("The call-back on %(number)s is noted."),
        plainly(actions.call_back_case),
    ),
    Screen(
        "review",
        ReviewForm,
        pgettext_lazy("move", "Review meeting"),
        _("Those concerned have met, and this is what they agreed on."),
        pgettext_lazy("move", "Save"),
        _("The review meeting on %(number)s is noted."),
        plainly(actions.review_case),
    ),
    Screen(
        "inspect",
        InspectForm,
        pgettext_lazy("move", "Check what was solved on the spot"),
        _("It was drawn at random. Somebody who did not solve it looks; what fails is opened again."),
        pgettext_lazy("move", "Save the result"),
        _("%(number)s is checked."),
        plainly(actions.inspect_case),
    ),
)
