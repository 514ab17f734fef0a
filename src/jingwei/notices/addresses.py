"""E-mail addresses of members: typed in, confirmed from the mailbox itself, taken out. And robots of offices."""

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core import signing
from django.core.validators import validate_email
from django.db.transaction import atomic
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, environment, publish, require
from jingwei.notices.actions import choices_of, only_self
from jingwei.notices.facts import ChoicesChanged, RobotChanged
from jingwei.notices.models import Choices, Robot
from jingwei.notices.texts import Topic
from jingwei.people.public import Allowance, Department, Member

SALT = "jingwei.notices.confirm"
GOOD_FOR = timedelta(days=7)
CONFIRMATIONS = Allowance("notices.confirm", 5, timedelta(hours=1))


@atomic
def set_email(member: Member, email: str, *, by: Member, now: datetime | None = None) -> Choices:
    """An address that counts once it is confirmed; "" takes out the one that is there. ValidationError for nonsense."""
    only_self(member, by)
    now = now or clock.now()
    row = choices_of(member)
    email = email.strip()
    if email and (email != row.email or row.confirmed_at is None):
        validate_email(email)
        if environment().mail_server is None:
            raise Refused(_("E-mail is not set up here."))
        CONFIRMATIONS.require(str(member.pk), now)
        from jingwei.notices.jobs import ask_to_confirm  # noqa: PLC0415 - the job calls what calls back here

        ask_to_confirm.defer(member_id=member.pk)
    if email != row.email:
        row.email, row.confirmed_at = email, None
    row.changed_at = now
    row.save()
    publish(ChoicesChanged(member_id=member.pk), by=by, at=now)
    return row


def confirm_url(row: Choices) -> str:
    """Where the mailbox's owner says that it is theirs. The address itself does not stand in it."""
    token = signing.dumps([row.pk, _mark(row)], salt=SALT)
    return environment().site_url + reverse("notices:confirm", args=[token])


@atomic
def confirm_email(member: Member, token: str, *, by: Member, now: datetime | None = None) -> Choices:
    """The address counts from now on. Refused for a link that is old, of another address, or of somebody else."""
    only_self(member, by)
    try:
        member_id, mark = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        raise Refused(_("This link is no longer good. Type your address in again.")) from None
    row = choices_of(member)
    if member_id != member.pk or not row.email or not constant_time_compare(mark, _mark(row)):
        raise Refused(_("This link is of another address or account. Sign in to the account that it was sent for."))
    row.confirmed_at = row.changed_at = now or clock.now()
    row.save()
    publish(ChoicesChanged(member_id=member.pk), by=by, at=now)
    return row


def _mark(row: Choices) -> str:
    return salted_hmac(SALT, f"{row.pk} {row.email}", algorithm="sha256").hexdigest()[:32]


@atomic
def set_robot(
    department: Department, url: str, topics: Collection[str], *, by: Member, now: datetime | None = None
) -> Robot | None:
    """The robot of an office's group chat; without an address there is none from now on. Only https is called."""
    require(by, "notices.manage", Robot(department=department))
    parts = urlsplit(url.strip())
    if url.strip() and (parts.scheme != "https" and parts.netloc not in environment().outgoing_hosts):
        raise Refused(_("The robot's address begins with https://. Copy it from the group chat."))
    if set(topics) - set(Topic.values):
        raise Refused(_("There is no such topic. Choose from the list."))
    robot = None
    if url.strip():
        given = {"url": url.strip(), "topics": sorted(topics), "made_at": now or clock.now()}
        robot, _is_new = Robot.objects.update_or_create(department=department, defaults=given)
    else:
        Robot.objects.filter(department=department).delete()
    publish(RobotChanged(department_id=department.pk, code=department.code, is_gone=robot is None), by=by, at=now)
    return robot
