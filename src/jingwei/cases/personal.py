"""What cases hold of persons, and how long. The case itself names nobody; what does stands beside it."""

from datetime import timedelta

from jingwei.cases.models import (
    Assignment,
    Case,
    Category,
    Condition,
    DocketCount,
    DocketEntry,
    Edition,
    Errand,
    Learned,
    PendingPhoto,
    PendingReport,
    Photo,
    Rating,
    Report,
    SignalRule,
    Stage,
    Step,
    Words,
)
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention

YEAR = timedelta(days=365)

PENDING = retention(
    "cases.pending",
    timedelta(days=1),
    since="a report that was never sent was last touched",
    then="deleted, with photos",
)
CONTACTS = retention(
    "cases.contacts",
    YEAR,
    since="the case was closed, rejected or withdrawn",
    then="name and number are emptied",
)
WORDS = retention(
    "cases.words",
    3 * YEAR,
    since="the case was closed, rejected or withdrawn",
    then="words and photos are deleted with their files; place, coordinates and the link to the reporter are emptied. "
    "The case with its number, area, category, times, outcome and rating stays",
)

CONTACT, SEE = "cases.contact", "cases.see"

declare(
    Report,
    "name",
    "phone",
    purpose="Calling back whoever reported, who may have no account",
    basis=Basis.DUTY,
    retention=CONTACTS,
    sensitivity=Sensitivity.CONTACT,
    readers=(CONTACT,),
)
declare(
    Report,
    "member",
    purpose="Showing reporters what became of their reports",
    basis=Basis.DUTY,
    retention=WORDS,
    readers=("the reporter", CONTACT),
)
declare(
    Report,
    "sender",
    purpose="Who wrote a report down: the reporter, or whoever took the call",
    basis=Basis.DUTY,
    retention=WORDS,
    readers=(CONTACT,),
)
declare(
    Report,
    "digest",
    purpose="Knowing the same report again when it is sent twice; a SHA-256 of what was sent",
    basis=Basis.DUTY,
    retention=WORDS,
    sensitivity=Sensitivity.SECRET,
    readers=("nobody",),
)
declare(
    Report,
    "source_key",
    purpose="The number of the report in the system from which it came",
    basis=Basis.DUTY,
    retention=WORDS,
    readers=(SEE,),
)
declare(
    Words,
    "text",
    purpose="What has to be dealt with and what was done, in the words of those concerned",
    basis=Basis.DUTY,
    retention=WORDS,
    sensitivity=Sensitivity.SENSITIVE,
    readers=("the reporter", CONTACT),
)
declare(
    Photo,
    "file",
    "digest",
    purpose="Showing what has to be dealt with and what was done; made anew without metadata",
    basis=Basis.DUTY,
    retention=WORDS,
    sensitivity=Sensitivity.SENSITIVE,
    readers=("the reporter", SEE),
)
declare(
    Photo,
    "member",
    purpose="Who took a photo",
    basis=Basis.DUTY,
    retention=WORDS,
    readers=(CONTACT,),
)
declare(
    Case,
    "place",
    "longitude",
    "latitude",
    purpose="Where to go: the place of the matter, which may be somebody's door",
    basis=Basis.DUTY,
    retention=WORDS,
    readers=("the reporter", SEE),
)
declare(
    Step,
    "actor",
    "on_behalf_of",
    purpose="Who made a move, and for whom they stood in; where a reporter did, the link goes with the words",
    basis=Basis.DUTY,
    retention=(WORDS, FOLLOWS_ACCOUNT),
    readers=(SEE,),
)
declare(
    Step,
    "detail",
    purpose="Codes and ids that a replay needs, among them the member a case was sent to",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=(SEE,),
)
declare(
    Stage,
    "ended_by",
    purpose="Who ended a stage in time or late",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=(SEE,),
)
declare(
    Assignment,
    "member",
    "sent_by",
    "handler",
    "confirmed_by",
    purpose="Who has a part of the case, who sent it, who worked on it and who confirmed that",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=("the reporter", SEE),
)
declare(
    DocketEntry,
    "holder_id",
    purpose="On whose desk a case lies: an area, a department or a member",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=("the holder", SEE),
)
declare(
    DocketCount,
    "holder_id",
    purpose="How many cases lie on a desk: that of an area, a department or a member",
    basis=Basis.CONTRACT,
    retention=FOLLOWS_ACCOUNT,
    readers=("the holder",),
)
declare(
    PendingReport,
    "browser",
    "member",
    "words",
    "longitude",
    "latitude",
    "place",
    "detail",
    purpose="A report while it is being written; `browser` is the SHA-256 of a cookie",
    basis=Basis.CONSENT,
    retention=PENDING,
    sensitivity=Sensitivity.SENSITIVE,
    readers=("the writer",),
)
declare(
    PendingPhoto,
    "file",
    "digest",
    "longitude",
    "latitude",
    purpose="Photos of a report while it is being written, and where the camera says it was",
    basis=Basis.CONSENT,
    retention=PENDING,
    sensitivity=Sensitivity.SENSITIVE,
    readers=("the writer",),
)
not_personal(Case, "title", because="written by staff for the public; the form asks for no names and numbers")
not_personal(Case, "number", "category_code", "channel", because="codes")
not_personal(Report, "source", because="the name of another system")
not_personal(Step, "verb", "before", "after", "level", because="codes of moves and states")
not_personal(Stage, "level", "calendar", because="a code, and the edition of the calendars that reckoned it")
not_personal(Assignment, "calendar", because="the edition of the calendars by which it is to report in")
not_personal(Case, "calendar", because="the edition of the calendars that reckoned the promise")
not_personal(Case, "suspended_for", "pauses", because="a code of the list of reasons, and moments")
not_personal(SignalRule, "signal", "category_code", "level", "urgency", "tell", because="codes of the table of rules")
not_personal(Rating, "reasons", because="codes of reasons; who rated stands nowhere but in the report")
not_personal(Errand, "about", "verdict", because="codes; who asked and answered stands in the steps")
not_personal(DocketEntry, "category_code", because="a code")
not_personal(DocketCount, "holder", "tray", "due_on", because="codes, and the day on which cases fall due")
not_personal(PendingReport, "category_code", because="a code")
not_personal(Edition, "digest", because="of the category table")
not_personal(
    Learned,
    "data",
    because="how often pieces of words occur in a class, less those that few cases share, and sums over all its cases",
)
not_personal(
    Category,
    *("code", "major", "major_zh", "major_en", "name_zh", "name_en"),
    *("department_key", "keywords_zh", "keywords_en"),
    because="the table of classes",
)
not_personal(
    Condition, "number", "text_zh", "text_en", "closing_zh", "closing_en", because="the table of classes and limits"
)
