"""Files on their way go with the account."""

from jingwei.attachments.models import Upload
from jingwei.attachments.uploading import throw_away_uploads
from jingwei.people.public import Eraser, Member, register_eraser


def forget_sender(member: Member) -> None:
    throw_away_uploads(Upload.objects.filter(member=member))


register_eraser(Eraser(lambda _member: None, forget_sender))
