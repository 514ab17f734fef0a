"""What this module announces. What has no place, such as an account, carries the code 0."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact

NO_PLACE = 0


@dataclass(frozen=True)
class MemberRegistered(Fact):
    kind: ClassVar[str] = "people.member_registered"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class MemberClosed(Fact):
    kind: ClassVar[str] = "people.member_closed"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class MemberCorrected(Fact):
    kind: ClassVar[str] = "people.member_corrected"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class MemberErased(Fact):
    kind: ClassVar[str] = "people.member_erased"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class MemberSignedIn(Fact):
    kind: ClassVar[str] = "people.member_signed_in"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class MemberSignedOut(Fact):
    kind: ClassVar[str] = "people.member_signed_out"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class SessionsEnded(Fact):
    """Ended from another browser, or by who manages accounts."""

    kind: ClassVar[str] = "people.sessions_ended"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class PasswordChanged(Fact):
    kind: ClassVar[str] = "people.password_changed"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class FactorAdded(Fact):
    """`factor` is one of `factors.rules.Way`."""

    kind: ClassVar[str] = "people.factor_added"
    member_id: int
    factor: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class FactorRemoved(Fact):
    kind: ClassVar[str] = "people.factor_removed"
    member_id: int
    factor: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class SpareCodesMade(Fact):
    kind: ClassVar[str] = "people.spare_codes_made"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class RecoveryOpened(Fact):
    kind: ClassVar[str] = "people.recovery_opened"
    member_id: int
    recovery_id: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class RecoveryApproved(Fact):
    kind: ClassVar[str] = "people.recovery_approved"
    member_id: int
    recovery_id: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class RecoveryWithdrawn(Fact):
    kind: ClassVar[str] = "people.recovery_withdrawn"
    member_id: int
    recovery_id: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class AccountRecovered(Fact):
    kind: ClassVar[str] = "people.account_recovered"
    member_id: int
    recovery_id: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class MemberReopened(Fact):
    kind: ClassVar[str] = "people.member_reopened"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class OutsideAccountLinked(Fact):
    kind: ClassVar[str] = "people.outside_account_linked"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class OutsideAccountUnlinked(Fact):
    kind: ClassVar[str] = "people.outside_account_unlinked"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class DepartmentCreated(Fact):
    kind: ClassVar[str] = "people.department_created"
    department_id: int
    code: int


@dataclass(frozen=True)
class RoleChanged(Fact):
    """A role gives other duties from now on."""

    kind: ClassVar[str] = "people.role_changed"
    role: str
    code: int = NO_PLACE


@dataclass(frozen=True)
class DepartmentChanged(Fact):
    """Its name, or the department that it is a part of."""

    kind: ClassVar[str] = "people.department_changed"
    department_id: int
    code: int


@dataclass(frozen=True)
class DepartmentClosed(Fact):
    kind: ClassVar[str] = "people.department_closed"
    department_id: int
    code: int


@dataclass(frozen=True)
class EmploymentChanged(Fact):
    """Hired, trained, certified, or leaving."""

    kind: ClassVar[str] = "people.employment_changed"
    member_id: int
    code: int = NO_PLACE


@dataclass(frozen=True)
class TeamChanged(Fact):
    """It began or ended, or somebody joined or left. Who that was is nobody's but the team's."""

    kind: ClassVar[str] = "people.team_changed"
    team_id: int
    code: int


@dataclass(frozen=True)
class PostingCreated(Fact):
    kind: ClassVar[str] = "people.posting_created"
    posting_id: int
    member_id: int
    code: int


@dataclass(frozen=True)
class PostingEnded(Fact):
    kind: ClassVar[str] = "people.posting_ended"
    posting_id: int
    member_id: int
    code: int


@dataclass(frozen=True)
class PostingChanged(Fact):
    """Its categories or its last day."""

    kind: ClassVar[str] = "people.posting_changed"
    posting_id: int
    member_id: int
    code: int


@dataclass(frozen=True)
class AbsenceArranged(Fact):
    """A member is going to be away; `delegate_id` stands in."""

    kind: ClassVar[str] = "people.absence_arranged"
    absence_id: int
    member_id: int
    code: int
    delegate_id: int | None = None


@dataclass(frozen=True)
class AbsenceEnded(Fact):
    """Back earlier, or not away after all."""

    kind: ClassVar[str] = "people.absence_ended"
    absence_id: int
    member_id: int
    code: int
    delegate_id: int | None = None


@dataclass(frozen=True)
class WorkHandedOver(Fact):
    """Open work of a member, `count` pieces of it, was passed on. What each was, the modules of the work tell."""

    kind: ClassVar[str] = "people.work_handed_over"
    member_id: int
    code: int
    count: int


@dataclass(frozen=True)
class ClashKept(Fact):
    """Two postings that clash stay as they are, for a reason that stands beside them."""

    kind: ClassVar[str] = "people.clash_kept"
    posting_id: int
    member_id: int
    code: int


@dataclass(frozen=True)
class KeyCreated(Fact):
    kind: ClassVar[str] = "people.key_created"
    key_id: int
    member_id: int
    code: int


@dataclass(frozen=True)
class KeyRevoked(Fact):
    kind: ClassVar[str] = "people.key_revoked"
    key_id: int
    member_id: int
    code: int
