"""`manage.py send_test_notice`: one message to a member, by every way there is, and what became of it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from jingwei.kernel.public import WHOLE, entered, uuid7
from jingwei.notices.delivering import deliver_due
from jingwei.notices.models import Channel, Delivery
from jingwei.notices.overview import problem_said
from jingwei.notices.own_texts import TEST
from jingwei.notices.sending import To, notify, open_channels
from jingwei.notices.texts import Urgency
from jingwei.people.public import Member


class Command(BaseCommand):
    help = "Sends a test message to a member by every way that is set up, and says what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="user name of the member, or their mobile number")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        with override("en"), entered(WHOLE):
            self._send(name)

    def _send(self, name: str) -> None:
        member = Member.objects.filter(username=name).first() or Member.objects.with_phone(name).first()
        if member is None:
            raise CommandError("Nobody is called that. Say a user name or a mobile number.")
        told = notify([To(member.pk)], TEST, {}, key=f"test:{uuid7()}", urgency=Urgency.EMERGENCY)
        if not told:
            raise CommandError("This account is closed: it is told nothing.")
        for _delivery in deliver_due():
            pass
        self.stdout.write("messages in the account: written")
        rows = {row.channel: row for row in Delivery.objects.filter(notice=told[0])}
        for channel in (Channel.SMS, Channel.PUSH, Channel.MAIL):
            self.stdout.write(f"{channel.label}: {_said(channel, rows.get(channel))}")
        if any(row.problem for row in rows.values()):
            raise CommandError("Not every way got through. docs/operate/notices.md says how each is set up.")


def _said(channel: Channel, row: Delivery | None) -> str:
    if channel not in open_channels():
        return "not set up here"
    if row is None:
        return "the member has no address for it"
    state = str(Delivery.State(row.state).label).lower()
    return f"{state} ({problem_said(row.problem)})" if row.problem else state
