"""What conversations hold of persons, and how long."""

from datetime import timedelta

from jingwei.conversations.models import Attachment, Conversation, Message, Terms
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention

MESSAGES = retention(
    "conversations.messages",
    timedelta(days=365),
    since="the message was written",
    then="deleted; a conversation without messages goes with them",
)
SELF, WORKER, COMMUNITY = "the resident", "conversations.answer", "conversations.watch, once an answer is overdue"

declare(
    Conversation,
    "member",
    purpose="A resident's own thread with their grid",
    basis=Basis.DUTY,
    retention=MESSAGES,
    readers=(SELF, WORKER, COMMUNITY),
)
declare(
    Conversation,
    "name",
    purpose="How to address whoever writes",
    basis=Basis.DUTY,
    retention=MESSAGES,
    sensitivity=Sensitivity.CONTACT,
    readers=(SELF, WORKER, COMMUNITY),
)
declare(
    Message,
    "text",
    purpose="What a resident asks and what is answered",
    basis=Basis.DUTY,
    retention=MESSAGES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=(SELF, WORKER, COMMUNITY),
)
declare(
    Message,
    "member",
    purpose="Whose thread a message belongs to, as the row policy asks for it",
    basis=Basis.DUTY,
    retention=MESSAGES,
    readers=(SELF, WORKER, COMMUNITY),
)
declare(
    Message,
    "author",
    purpose="Who wrote",
    basis=Basis.DUTY,
    retention=(MESSAGES, FOLLOWS_ACCOUNT),
    readers=(SELF, WORKER, COMMUNITY),
)
declare(
    Attachment,
    "file",
    "digest",
    purpose="What a resident shows or says aloud; photos made anew, notes of phones taken out",
    basis=Basis.DUTY,
    retention=MESSAGES,
    sensitivity=Sensitivity.SENSITIVE,
    readers=(SELF, WORKER, COMMUNITY),
)
not_personal(Attachment, "content_type", because="a code of the format")
not_personal(Terms, "hours", because="a time limit, the same for everyone")
