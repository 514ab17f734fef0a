"""What the platform holds of those who work here, beside their accounts. Read by `personal.py`."""

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare
from jingwei.people.models import Absence, HandOver, KeptClash

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
