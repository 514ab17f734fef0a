"""Cases that go on in another: the case that leads them, who reported them all; others by their number."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from jingwei.cases.models import Case, Report
from jingwei.kernel.public import Refused, may
from jingwei.people.public import Member

MOST_STEPS = 5
"""A case merged into one that is merged itself: so far the chain is followed."""


def leader_of(case: Case) -> Case | None:
    """The case in which this one goes on; None where it goes on by itself."""
    found = case
    for _step in range(MOST_STEPS):
        if found.follows_id is None:
            break
        found = Case.objects.select_related("category", "condition").get(pk=found.follows_id)
    return found if found is not case else None


def members_who_reported(case_id: UUID) -> list[int]:
    """The members who reported the case or one that goes on in it: each once."""
    cases = [case_id, *Case.objects.filter(follows_id=case_id).values_list("pk", flat=True)]
    found = Report.objects.filter(case_id__in=cases, member__isnull=False).order_by("received_at")
    return list(dict.fromkeys(found.values_list("member_id", flat=True)))


def other_case(number: str, member: Member) -> Case:
    """The case with this number, if it is open to the member at the desk. Refused with a sentence otherwise."""
    return other_cases([number], member)[0]


def other_cases(numbers: Sequence[str], member: Member) -> list[Case]:
    """The cases with these numbers, in their order."""
    wanted = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    found = {case.number: case for case in Case.objects.by_numbers(wanted).select_related("category")}
    for number in wanted or [""]:
        case = found.get(number)
        if case is None or not may(member, "cases.desk", case):
            raise Refused(
                _("There is no case with the number %(number)s here, or it is not open to you.")
                % {"number": number[:20]}
            )
    return [found[number] for number in wanted]


def numbers_in(text: str) -> list[str]:
    """The numbers that stand in a text, however they are parted."""
    return re.findall(r"[0-9]{8}-[0-9]+", text)
