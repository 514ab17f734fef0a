"""What the rules look at in a report. Whose it is, is asked here for counting and told nobody."""

from datetime import datetime
from uuid import UUID

from jingwei.cases.public import Case, reports_of_sender, words_of_report
from jingwei.people.public import Member
from jingwei.repeats.models import Limit
from jingwei.repeats.rules import Reported, Rules


def sender_of(case_id: UUID) -> Member | None:
    """Whoever reported the case, if they have an account."""
    member_id = reports_of_sender(case_id, None).member_id
    return None if member_id is None else Member.objects.filter(pk=member_id).first()


def reported(case: Case, rules: Rules, now: datetime) -> Reported:
    """The report of a case, as the rules see it."""
    text = words_of_report(case.pk)
    sent = reports_of_sender(case.pk, case.reported_at - max(rules.window, rules.twin_window))
    recent = [at for _case_id, at in sent.others if at > case.reported_at - rules.window]
    before = [key for key, at in sent.others if at > case.reported_at - rules.twin_window]
    said = text.strip().casefold()
    has_twin = bool(said) and any(words_of_report(key).strip().casefold() == said for key in before)
    return Reported(
        text=text,
        count=len(recent) + 1,
        has_twin=has_twin,
        measures=_measures(sent.member_id, now),
        is_emergency=case.urgency == Case.Urgency.EMERGENCY,
    )


def _measures(member_id: int | None, now: datetime) -> frozenset[str]:
    """What was decided for the account's new reports and holds now."""
    if member_id is None:
        return frozenset()
    held = Limit.objects.filter(member_id=member_id, begins_at__lte=now, ends_at__gt=now)
    return frozenset(held.values_list("measure", flat=True))
