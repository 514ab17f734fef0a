"""What the platform holds of those who work here, beside their accounts. Read by `personal.py`."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.people.models import Absence, HandOver, KeptClash, StaffSheet

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
