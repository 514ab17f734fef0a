"""What working without a network holds of persons, and how long."""

from datetime import timedelta

from jingwei.kernel.public import Basis, Sensitivity, declare, not_personal, retention
from jingwei.offline.models import Phone, Sent

PHONES = retention(
    "offline.phones", timedelta(days=90), since="the phone last asked for its key", then="deleted, with the key"
)
SENT = retention("offline.sent", timedelta(days=90), since="the form came in", then="deleted")
SELF = "the member"

declare(
    Phone,
    *("member", "agent"),
    purpose="Letting workers see which phones keep pages of their work, and make a lost one unreadable",
    basis=Basis.DUTY,
    retention=PHONES,
    readers=(SELF,),
)
declare(
    Phone,
    "key",
    purpose="Locking what a phone keeps: given to its member's own phone, and to nobody else",
    basis=Basis.DUTY,
    retention=PHONES,
    sensitivity=Sensitivity.SECRET,
    readers=("the phone itself",),
)
declare(
    Sent,
    *("member", "location"),
    purpose="Taking what waited on a phone once, however often it is sent",
    basis=Basis.DUTY,
    retention=SENT,
    readers=("nobody on a screen",),
)
not_personal(Sent, "digest", because="a digest of a whole form; what it says cannot be told from it")
not_personal(Sent, "is_clock_doubtful", because="says something of a phone's clock")
