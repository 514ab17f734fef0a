"""Who works here, what they hold, and how they come in."""

from jingwei.people.models.absences import Absence, HandOver, KeptClash
from jingwei.people.models.accounts import LANGUAGES, PHONE, ApiKey, Member, RateCounter, Session, SignInCode
from jingwei.people.models.postings import Department, Posting
from jingwei.people.models.reads import Read

__all__ = [
    "LANGUAGES",
    "PHONE",
    "Absence",
    "ApiKey",
    "Department",
    "HandOver",
    "KeptClash",
    "Member",
    "Posting",
    "RateCounter",
    "Read",
    "Session",
    "SignInCode",
]
