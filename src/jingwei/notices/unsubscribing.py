"""Links by which a mail's reader takes back a topic without signing in: signed, and good for nothing else."""

from django.core import signing
from django.urls import reverse

from jingwei.kernel.public import environment
from jingwei.notices.texts import Topic

SALT = "jingwei.notices.unsubscribe"


def unsubscribe_url(member_id: int, topic: str) -> str:
    token = signing.dumps([member_id, topic], salt=SALT)
    return environment().site_url + reverse("notices:unsubscribe", args=[token])


def read_token(token: str) -> tuple[int, str] | None:
    """Whose mails of which topic; None for a token that is not ours."""
    try:
        member_id, topic = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (member_id, topic) if topic in Topic.values else None
