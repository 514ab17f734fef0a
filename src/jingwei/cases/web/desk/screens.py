"""The moves of the desk as screens: which form, what its button says, what is said once it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import (
    CheckForm,
    DispatchForm,
    FileForm,
    HandleForm,
    MoveForm,
    PassOnForm,
    ReasonForm,
    RecallForm,
    RejectForm,
    ReopenForm,
    SendDownForm,
    SolveForm,
)
from jingwei.cases.models import Case, Photo
from jingwei.people.public import Member

PLAIN = "cases/desk/moves/plain.html"


def plainly(action: Callable[..., Case]) -> Callable[[MoveForm, Member], Case]:
    """The action with what the form gives."""
    return lambda form, member: action(form.case, **form.given(), by=member)


def with_photos(action: Callable[..., Case], moment: Photo.Moment | None = None) -> Callable[[MoveForm, Member], Case]:
    """The action, after the photos were kept. A form that is stale keeps none: the action will refuse it."""

    def make(form: MoveForm, member: Member) -> Case:
        if form.cleaned_data["seen"] == form.case.version:
            for photo in form.cleaned_data.get("photos", []):
                actions.add_photo(form.case, photo.read(), moment=moment, by=member)
        return action(form.case, **form.given(), by=member)

    return make


def _check(form: MoveForm, member: Member) -> Case:
    passed = isinstance(form, CheckForm) and form.has_passed
    return with_photos(actions.check_case if passed else actions.rework_case)(form, member)


@dataclass(frozen=True)
class Screen:
    """`make` makes the move; `verbs` are the moves that may come of it; `done` says so, with the number."""

    verb: str
    form: type[MoveForm]
    title: Promise
    said: Promise
    button: Promise
    done: Promise
    make: Callable[[MoveForm, Member], Case]
    template: str = PLAIN
    also: frozenset[str] = field(default_factory=frozenset)
    is_harsh: bool = False

    @property
    def verbs(self) -> frozenset[str]:
        return self.also | {self.verb}

    @property
    def has_files(self) -> bool:
        return "photos" in self.form.base_fields


_TABLE = (
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
        MoveForm,
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
SCREENS: Mapping[str, Screen] = MappingProxyType({screen.verb: screen for screen in _TABLE})
