"""The screens by which cases are joined and taken apart."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases import actions
from jingwei.cases.forms import MoveForm, ReasonForm
from jingwei.cases.forms_joining import GroupForm, MergeForm
from jingwei.cases.leading import other_case, other_cases
from jingwei.cases.models import Case
from jingwei.cases.web.desk.screens.screen import Screen, plainly
from jingwei.people.public import Member


def _merge(form: MoveForm, member: Member) -> Case:
    into = other_case(form.cleaned_data["other"], member)
    return actions.merge_case(form.case, into=into, **form.given(), by=member)


def _group(form: MoveForm, member: Member) -> Case:
    children = other_cases(form.cleaned_data["others"], member)
    return actions.group_cases(form.case, children=children, **form.given(), by=member)


JOINING = (
    Screen(
        "merge",
        MergeForm,
        pgettext_lazy("move", "Merge"),
        _("It is the same matter as another case, which goes on for both. Whoever reported this one follows that one."),
        pgettext_lazy("move", "Merge"),
        _("%(number)s is merged."),
        _merge,
    ),
    Screen(
        "unmerge",
        ReasonForm,
        pgettext_lazy("move", "Undo the merge"),
        _("State, party and clock are again what they were before."),
        pgettext_lazy("move", "Undo the merge"),
        _("%(number)s goes on by itself."),
        plainly(actions.unmerge_case),
    ),
    Screen(
        "group",
        GroupForm,
        pgettext_lazy("move", "Group"),
        _("One incident with many reports: the others follow this case, and are closed with it."),
        pgettext_lazy("move", "Group"),
        _("%(number)s leads a group."),
        _group,
    ),
    Screen(
        "ungroup",
        ReasonForm,
        pgettext_lazy("move", "Take out of the group"),
        _("It goes on by itself, with a clock of its own."),
        pgettext_lazy("move", "Take out"),
        _("%(number)s goes on by itself."),
        plainly(actions.ungroup_case),
    ),
)
