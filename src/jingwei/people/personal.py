"""What accounts hold of persons, and how long."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.people import personal_signin, personal_staff  # noqa: F401 - they declare what they know
from jingwei.people.models import (
    ApiKey,
    Department,
    Member,
    Posting,
    RateCounter,
    Read,
    RoleDuties,
    Session,
    SignInCode,
)

YEAR = timedelta(days=365)

ACCOUNTS = retention(
    "people.accounts",
    3 * YEAR,
    since="a resident last signed in (with no case of theirs open), or a staff account was closed",
    then="the row keeps its id and kind; name, user name, phone and password are emptied",
)
SESSIONS = retention("people.sessions", timedelta(0), since="the session ran out", then="deleted")
CODES = retention("people.codes", timedelta(0), since="the code ran out, ten minutes after it was sent", then="deleted")
TRIES = retention("people.tries", timedelta(days=1), since="the last try", then="deleted")

READS = retention("people.reads", 3 * YEAR, since="somebody looked", then="deleted")

SELF, OFFICERS = "the member", "people.account"

declare(
    Member,
    "name",
    purpose="How a person is addressed, and who did what at work",
    basis=Basis.CONTRACT,
    retention=ACCOUNTS,
    readers=(SELF, OFFICERS, "staff: names beside the work that was done", "cases.contact"),
)
declare(
    Member,
    "username",
    purpose="Signing in to a staff account",
    basis=Basis.CONTRACT,
    retention=ACCOUNTS,
    readers=(SELF, OFFICERS),
)
declare(
    Member,
    "phone",
    purpose="Signing in by code, and calling back about a case of one's own",
    basis=Basis.CONTRACT,
    retention=ACCOUNTS,
    sensitivity=Sensitivity.CONTACT,
    readers=(SELF, OFFICERS, "cases.contact"),
)
declare(
    Member,
    "phone_index",
    purpose="Finding the account of a number without reading any",
    basis=Basis.CONTRACT,
    retention=ACCOUNTS,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    Member,
    "password",
    purpose="Signing in to a staff account; an Argon2 hash",
    basis=Basis.CONTRACT,
    retention=ACCOUNTS,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    Posting,
    "member",
    "role",
    "categories",
    "begins_on",
    "ends_on",
    purpose="Who holds which duty, where and from when until when",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SELF, "people.post", "staff: who is responsible for a place"),
)
declare(
    Session,
    "member",
    "ways",
    purpose="Staying signed in",
    basis=Basis.CONTRACT,
    retention=SESSIONS,
    readers=(SELF,),
)
declare(
    Session,
    "user_agent",
    purpose="Knowing one's own devices again on the list of them",
    basis=Basis.CONTRACT,
    retention=SESSIONS,
    readers=(SELF,),
)
declare(
    Session,
    "data",
    purpose="What a page has to remember until the next: the number a code was sent to, where to go back",
    basis=Basis.CONTRACT,
    retention=SESSIONS,
    sensitivity=Sensitivity.CONTACT,
    readers=("nobody",),
)
declare(
    Session,
    "digest",
    purpose="Knowing a browser again; the SHA-256 of its cookie",
    basis=Basis.CONTRACT,
    retention=SESSIONS,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    SignInCode,
    "phone_index",
    "digest",
    purpose="Comparing the code that comes back; keyed digests of number and code",
    basis=Basis.CONTRACT,
    retention=CODES,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    RateCounter,
    "subject",
    purpose="Slowing down who guesses or floods; a keyed digest of a name, a number or an address",
    basis=Basis.DUTY,
    retention=TRIES,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    Read,
    "reader",
    "subject",
    "thing",
    "reason",
    "words",
    purpose="Who looked at whose data, what for: for the person concerned, and for whoever checks",
    basis=Basis.DUTY,
    retention=READS,
    readers=("the person concerned", "the reader", "people.audit"),
)
not_personal(Read, "kind", because="the name of what was looked at")
declare(
    Member,
    "seen_on",
    purpose="Knowing which accounts nobody uses any more",
    basis=Basis.CONTRACT,
    retention=ACCOUNTS,
    readers=("nobody on a screen: the nightly job",),
)
not_personal(Member, "language", because="one of two languages of the screens")
not_personal(RateCounter, "scope", because="the name of what is counted")
not_personal(RoleDuties, "role", "duties", because="keys of roles and duties")
not_personal(Department, "name", "name_en", "key", "closed_on", because="names of offices")
not_personal(
    ApiKey,
    "member",
    "name",
    "prefix",
    "digest",
    "duties",
    "codes",
    "last_used_on",
    because="of software: its member is no person",
)
