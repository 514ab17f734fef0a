"""What notices hold of persons, and how long."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.notices.models import ChannelState, Choices, Delivery, Notice, PushDevice, Robot

INBOX = retention(
    "notices.inbox", timedelta(days=180), since="the notice was written", then="deleted, with how it went out"
)
ADDRESSES = retention(
    "notices.addresses",
    timedelta(days=7),
    since="an e-mail address was typed in and not confirmed",
    then="emptied; a confirmed one stays until its owner takes it out or the account is erased",
)
DEVICES = retention(
    "notices.devices",
    timedelta(days=365),
    since="a browser agreed to show messages, or its push service last took one",
    then="deleted; at once where the member switches it off or its push service says that it has gone",
)
SELF = "the member"

declare(
    Notice,
    *("member", "values", "about"),
    purpose="Telling people what became of their report, and what is there for them to do",
    basis=Basis.DUTY,
    retention=INBOX,
    readers=(SELF,),
)
declare(
    Notice,
    "phone",
    purpose="Telling a reporter who has no account",
    basis=Basis.DUTY,
    retention=INBOX,
    sensitivity=Sensitivity.CONTACT,
    readers=("nobody on a screen: the job that sends",),
)
declare(
    Notice,
    *("recipient", "key"),
    purpose="Telling each person once: ids, a keyed digest of a number, the number of a fact",
    basis=Basis.DUTY,
    retention=INBOX,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    Choices,
    "email",
    purpose="Sending notices by e-mail to whoever asked for it",
    basis=Basis.CONSENT,
    retention=ADDRESSES,
    sensitivity=Sensitivity.CONTACT,
    readers=(SELF,),
)
declare(
    Choices,
    *("member", "channels"),
    purpose="Telling people in the way and at the hours that they chose",
    basis=Basis.CONSENT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF,),
)
declare(
    PushDevice,
    *("member", "agent"),
    purpose="Showing messages on the screens of the devices that their owner chose",
    basis=Basis.CONSENT,
    retention=DEVICES,
    readers=(SELF,),
)
declare(
    PushDevice,
    *("endpoint", "endpoint_index", "key", "secret", "session"),
    purpose="Handing messages to the push service of a browser, sealed for it alone",
    basis=Basis.CONSENT,
    retention=DEVICES,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody on a screen: the job that sends",),
)
not_personal(PushDevice, "server_key", because="the public half of the site's own key")
not_personal(Notice, "text", because="the key of a text")
not_personal(Delivery, "problem", because="a code of what went wrong")
not_personal(ChannelState, "problem", because="a code of what went wrong")
not_personal(ChannelState, "sent_count", "failed_count", "dropped_count", because="counts of a whole channel")
not_personal(Robot, "topics", "url", because="of an office: the address of its group chat's robot")
