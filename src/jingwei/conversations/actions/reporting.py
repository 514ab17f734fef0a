"""A message becomes a case: reported on behalf of the resident, in their words, with their photos."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.attachments.public import Kind
from jingwei.cases.public import Case, Draft, Origin, add_photo, digest, report_case
from jingwei.conversations.facts import CaseMade
from jingwei.conversations.models import Attachment, Conversation, Message
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member

CHANNEL = "message"


@atomic
def make_case(message: Message, *, by: Member, now: datetime | None = None) -> Case:
    """Report what a resident wrote. The same message again is the case that it became."""
    now = now or clock.now()
    message = Message.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=message.pk)
    conversation = message.conversation
    require(by, "conversations.answer", conversation)
    if message.side != Message.Side.RESIDENT:
        raise Refused(_("Only what the resident wrote becomes a case."))
    if message.case_id is not None:
        return Case.objects.get(pk=message.case_id)
    files = list(message.attachments.filter(state=Attachment.State.THERE).order_by("pk"))
    if not (message.text or files):
        raise Refused(_("There is nothing to see or hear yet. Ask the resident to write what is wrong."))
    photos = [file for file in files if file.kind == Kind.PHOTO]
    words = message.text if message.text or photos else _("A voice message or video, to be played in the messages.")
    answer = report_case(Draft(_origin(message, conversation, words), has_photo=bool(photos)), by=by, now=now)
    case = Case.objects.get(number=answer.number)
    for photo in photos:
        with default_storage.open(photo.file) as file:
            add_photo(case, file.read(), of=conversation.member_id, by=by, now=now)
    message.case = case
    message.save(update_fields=["case"])
    about = {"conversation_id": str(conversation.pk), "code": conversation.code, "member_id": conversation.member_id}
    publish(CaseMade(**about, message_id=str(message.pk), case_id=str(case.pk)), by=by, at=now)
    return case


def _origin(message: Message, conversation: Conversation, words: str) -> Origin:
    """The message's own id is the report's: it becomes one case, however often it is sent."""
    return Origin(
        id=message.pk,
        code=conversation.code,
        channel=CHANNEL,
        digest=digest(message.pk.bytes),
        words=words,
        name=conversation.name,
        member_id=conversation.member_id,
    )
