"""Who works here, what they hold, and how they come in."""

from jingwei.people.models.absences import Absence, HandOver, KeptClash
from jingwei.people.models.accounts import LANGUAGES, PHONE, ApiKey, Member, RateCounter, Session, SignInCode
from jingwei.people.models.employment import Certificate, Employment, Training
from jingwei.people.models.factors import Authenticator, Passkey, SpareCode, TrustedBrowser
from jingwei.people.models.outside import OutsideAccount
from jingwei.people.models.postings import Department, Posting
from jingwei.people.models.reads import Read
from jingwei.people.models.recovery import Recovery
from jingwei.people.models.roles import RoleDuties
from jingwei.people.models.sheets import StaffSheet
from jingwei.people.models.teams import Team, TeamMember

__all__ = [
    "LANGUAGES",
    "PHONE",
    "Absence",
    "ApiKey",
    "Authenticator",
    "Certificate",
    "Department",
    "Employment",
    "HandOver",
    "KeptClash",
    "Member",
    "OutsideAccount",
    "Passkey",
    "Posting",
    "RateCounter",
    "Read",
    "Recovery",
    "RoleDuties",
    "Session",
    "SignInCode",
    "SpareCode",
    "StaffSheet",
    "Team",
    "TeamMember",
    "Training",
    "TrustedBrowser",
]
