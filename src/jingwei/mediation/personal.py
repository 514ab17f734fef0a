"""What mediation holds of persons, and how long. Only those who mediate a dispute read its file."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.mediation.models import Agreement, Mediation, Paper, Party, Seat, Session, Step, Visit

FILES = retention(
    "mediation.files",
    timedelta(days=3 * 365),
    since="the mediation ended",
    then="parties, sessions, agreement, papers with their files, visits, reasons and seats are deleted. Number, place, "
    "kind, level, result and dates stay",
)
SEATED = ("mediation.see",)

declare(
    Party,
    "name",
    "phone",
    purpose="Knowing who disagrees, and asking them to a session",
    basis=Basis.DUTY,
    retention=FILES,
    sensitivity=Sensitivity.CONTACT,
    readers=SEATED,
)
declare(
    Party,
    "member",
    purpose="Letting somebody who reported a dispute see who read its file",
    basis=Basis.DUTY,
    retention=(FILES, FOLLOWS_ACCOUNT),
    readers=("the party", *SEATED),
)
declare(
    Party,
    "signed_on",
    purpose="Since when a party is bound by the agreement",
    basis=Basis.DUTY,
    retention=FILES,
    readers=SEATED,
)
declare(
    Session,
    "place",
    "parties",
    "mediators",
    "others",
    "said",
    purpose="What was said at a session, in brief, and who was there",
    basis=Basis.DUTY,
    retention=FILES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=SEATED,
)
declare(
    Agreement,
    "text",
    purpose="What the parties agreed on",
    basis=Basis.DUTY,
    retention=FILES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=SEATED,
)
declare(
    Paper,
    "file",
    "digest",
    purpose="The paper that the parties signed; made anew without metadata",
    basis=Basis.DUTY,
    retention=FILES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=SEATED,
)
declare(
    Visit,
    "due_on",
    "words",
    purpose="Whether what was agreed is kept",
    basis=Basis.DUTY,
    retention=FILES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=SEATED,
)
declare(
    Step,
    "words",
    purpose="What the dispute is about, and why it went up, ended or was taken up again",
    basis=Basis.DUTY,
    retention=FILES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=SEATED,
)
declare(
    Seat,
    "member",
    purpose="Who mediates and who arranges it: the file is open to them alone",
    basis=Basis.CONTRACT,
    retention=(FILES, FOLLOWS_ACCOUNT),
    readers=SEATED,
)
for model in (Paper, Visit):
    declare(
        model,
        "member",
        purpose="Who kept the paper or made the visit",
        basis=Basis.CONTRACT,
        retention=(FILES, FOLLOWS_ACCOUNT),
        readers=SEATED,
    )
declare(
    Step,
    "member",
    "about",
    purpose="Who did what, and whom it put in charge",
    basis=Basis.CONTRACT,
    retention=(FILES, FOLLOWS_ACCOUNT),
    readers=SEATED,
)
not_personal(Mediation, "number", because="a day and a serial")
not_personal(Step, "verb", because="a code")
