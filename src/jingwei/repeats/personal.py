"""What is held of persons here: decisions with an end, which go once it has passed. Flags stand on reports."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.repeats.models import Limit, RuleSet

LIMITS = retention("repeats.limits", timedelta(days=1), since="the limit ended", then="deleted, with appeal and answer")
FLAGS = retention("repeats.flags", timedelta(days=30), since="somebody decided about the flag", then="deleted")
READERS = ("the member", "repeats.see_limit")

declare(
    Limit,
    "member",
    purpose="Whose new reports a person looks at first or answers by letter, until the limit ends",
    basis=Basis.DUTY,
    retention=LIMITS,
    sensitivity=Sensitivity.SENSITIVE,
    readers=READERS,
)
declare(
    Limit,
    "reason",
    "appeal",
    "answer",
    purpose="Why a limit was decided, what the person concerned says to it, and what was answered",
    basis=Basis.DUTY,
    retention=LIMITS,
    sensitivity=Sensitivity.SENSITIVE,
    readers=READERS,
)
declare(
    Limit,
    "decided_by",
    "answered_by",
    purpose="Who answers for a limit; another person hears the appeal",
    basis=Basis.CONTRACT,
    retention=(LIMITS, FOLLOWS_ACCOUNT),
    readers=READERS,
)
not_personal(RuleSet, "words", because="words that no report needs, set by the administrator")
