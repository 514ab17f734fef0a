"""What the counter holds of persons, and how long."""

from datetime import timedelta

from jingwei.counter.models import Call, FirstAsked, Script, TicketSheet
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention

CALLS = retention(
    "counter.calls",
    timedelta(days=365),
    since="the call was taken",
    then="name, number, words, place and answer are emptied. The call stays with its times, its class and what it came "
    "to",
)
SHEETS = retention(
    "counter.ticket_sheets",
    timedelta(days=1),
    since="a file of tickets was chosen",
    then="deleted; its rows once it is in",
)
ASKED = retention(
    "counter.first_asked",
    timedelta(days=365),
    since="somebody was asked",
    then="its words are emptied. Who helped, when, in which way and with what kind of matter stays",
)
TAKE = "counter.take"

declare(
    Call,
    "caller",
    "name",
    "phone",
    "phone_index",
    "is_on_behalf",
    "for_name",
    "for_phone",
    purpose="Knowing whoever calls again, and telling them or whom they called for how it goes on",
    basis=Basis.DUTY,
    retention=CALLS,
    sensitivity=Sensitivity.CONTACT,
    readers=(TAKE,),
)
declare(
    Call,
    "words",
    "answer",
    "note",
    "handed_note",
    "checked",
    "place_code",
    "place",
    "detail",
    "longitude",
    "latitude",
    purpose="Finishing what somebody called about, also by whoever takes the call over",
    basis=Basis.DUTY,
    retention=CALLS,
    readers=(TAKE,),
)
declare(
    Call,
    "clerk",
    "to_member",
    "handed_by",
    purpose="Who took a call, and to whom it was handed",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(TAKE,),
)
declare(
    Script,
    "published_by",
    purpose="Who decided what is said to callers",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("counter.scripts",),
)
not_personal(Call, "category_code", because="the class of a matter")
not_personal(
    Script, "category_code", "opening", "questions", "answers", "reason", because="what is said to everybody who calls"
)
declare(
    TicketSheet,
    "member",
    "rows",
    purpose="Tickets of another hotline, between looking at them and reporting them",
    basis=Basis.DUTY,
    retention=SHEETS,
    sensitivity=Sensitivity.CONTACT,
    readers=("whoever chose the file",),
)
not_personal(
    TicketSheet, "source", "mapping", "counts", "refused", because="heads of columns, and why rows were refused"
)
declare(
    FirstAsked,
    "member",
    purpose="Whoever is asked first sees how they have helped",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=("whoever was asked",),
)
declare(
    FirstAsked,
    "words",
    purpose="Knowing again what was asked, for whoever was asked",
    basis=Basis.DUTY,
    retention=ASKED,
    readers=("whoever was asked",),
)
not_personal(FirstAsked, "category_code", because="the class of a matter")
