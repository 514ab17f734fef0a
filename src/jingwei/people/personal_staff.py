"""What the platform holds of those who work here, beside their accounts. Read by `personal.py`."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.people.models import (
    Absence,
    Certificate,
    Employment,
    HandOver,
    KeptClash,
    StaffSheet,
    Team,
    TeamMember,
    Training,
)

SELF, SEE = "the member", "people.see"

declare(
    Absence,
    "member",
    "kind",
    "begins_on",
    "ends_on",
    "delegate",
    purpose="Who is away, and who does the work meanwhile. Why, beyond its kind, is not asked",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, "the delegate", SEE),
)
declare(
    HandOver,
    "member",
    "due_on",
    "done_by",
    purpose="Work that somebody left behind is found and passed on",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, SEE),
)
declare(
    KeptClash,
    "reason",
    "kept_by",
    purpose="Why one person holds two postings that are better kept apart, and who decided that",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SEE,),
)
SHEETS = retention(
    "people.staff_sheets",
    timedelta(days=1),
    since="a spreadsheet of staff was chosen",
    then="deleted; its rows once it is in",
)
declare(
    StaffSheet,
    "member",
    "rows",
    purpose="Staff from a spreadsheet, between looking at it and taking it in",
    basis=Basis.CONTRACT,
    retention=SHEETS,
    sensitivity=Sensitivity.CONTACT,
    readers=("whoever chose the file",),
)
not_personal(StaffSheet, "state", "counts", "refused", because="numbers of rows, and why a row was refused")
declare(
    Employment,
    "member",
    "hired_on",
    "left_on",
    purpose="From when until when somebody works here",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, SEE),
)
declare(
    Training,
    "member",
    "name",
    "held_on",
    purpose="Who has learned what for the work; no judgement of anybody",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, SEE),
)
declare(
    Certificate,
    "member",
    "kind",
    "number",
    "valid_until",
    purpose="Papers that allow some work, and when they run out",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    sensitivity=Sensitivity.CONTACT,
    readers=(SELF, SEE),
)
declare(
    Team,
    "leader",
    purpose="Whom to ask about a team",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, SEE),
)
declare(
    TeamMember,
    "member",
    "begins_on",
    "ends_on",
    purpose="Who works together. Volunteers have said so themselves, and may take it back at any time",
    basis=Basis.CONSENT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, SEE),
)
not_personal(Team, "name", "begins_on", "ends_on", because="of the team")
