"""What this module holds of persons: who is on duty, who was called and answered, and what was written down."""

from datetime import timedelta

from jingwei.emergency.models import Call, Incident, LogEntry, Plan, PlanStep, Shift
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention

YEAR = timedelta(days=365)
ROSTERS = retention("emergency.rosters", YEAR, since="the shift ended", then="deleted")
LOG = retention(
    "emergency.log",
    3 * YEAR,
    since="the incident was stood down",
    then="notes and the words beside steps are deleted; who was called and answered when stays with the incident",
)
ANSWERS, MANAGES = "cases.alarm", "emergency.manage"

declare(
    Shift,
    "member",
    purpose="Who is on duty for a place, and is called when there is an alarm",
    basis=Basis.CONTRACT,
    retention=ROSTERS,
    readers=("the member", ANSWERS, MANAGES),
)
declare(
    Call,
    "member",
    purpose="Who was called to an alarm and when, so that nobody is skipped or called twice",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=("the member", ANSWERS),
)
declare(
    PlanStep,
    "answered_by",
    purpose="Who answered a step of the plan",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(ANSWERS,),
)
declare(
    LogEntry,
    "member",
    "called",
    purpose="Who did what in an incident, and who was called",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(ANSWERS,),
)
declare(
    LogEntry,
    "words",
    purpose="What happened in an incident, in the words of those who dealt with it",
    basis=Basis.DUTY,
    retention=LOG,
    sensitivity=Sensitivity.SENSITIVE,
    readers=(ANSWERS,),
)
not_personal(Incident, "origin", "outcome", because="codes")
not_personal(PlanStep, "text_zh", "text_en", "answer", because="a step of a plan, and a code")
not_personal(LogEntry, "kind", "answer", because="codes")
not_personal(
    Plan, "category_code", "title_zh", "title_en", "steps_zh", "steps_en", because="what is done in an emergency"
)
