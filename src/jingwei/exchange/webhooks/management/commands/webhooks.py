"""Webhooks from the command line: who is told of what, and the same that the desk can do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from jingwei.exchange.webhooks import actions
from jingwei.exchange.webhooks.events import offered_kinds
from jingwei.exchange.webhooks.models import Subscription
from jingwei.kernel.public import Refused
from jingwei.places.public import codes


class Command(BaseCommand):
    help = "Lists, adds, turns on and off, and replays webhooks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("list", help="every webhook, its state and how far it is")
        deeds.add_parser("kinds", help="the kinds of facts that can be named")
        add = deeds.add_parser("add", help="another one; prints its secret, once")
        add.add_argument("name")
        add.add_argument("url")
        add.add_argument("--kind", action="append", required=True, help="may be repeated")
        add.add_argument("--at", action="append", default=[], help="code of an area; may be repeated")
        for deed in ("on", "off", "trial", "delete"):
            deeds.add_parser(deed).add_argument("key", type=int)
        replay = deeds.add_parser("replay", help="send once more")
        replay.add_argument("key", type=int)
        replay.add_argument("--since", help="from this moment on, such as 2026-11-21T09:00:00+08:00")
        replay.add_argument("--after", type=int, help="after the fact with this number")

    def handle(self, *, deed: str, **given: Any) -> None:
        try:
            getattr(self, f"_{deed}")(**given)
        except Subscription.DoesNotExist:
            raise CommandError(f"There is no webhook {given['key']}.") from None
        except (Refused, ValueError) as problem:
            raise CommandError(str(problem)) from problem

    def _list(self, **_given: Any) -> None:
        for one in Subscription.objects.all():
            self.stdout.write(f"{one.pk}  {one.state:8} {one.seq:>10}  {one.name}  {one.url}")

    def _kinds(self, **_given: Any) -> None:
        self.stdout.write("\n".join(offered_kinds()))

    def _add(self, *, name: str, url: str, kind: list[str], at: list[str], **_given: Any) -> None:
        areas = [codes.read(code) for code in at]
        made, secret = actions.create_subscription(name=name, url=url, kinds=kind, codes=areas, by=None)
        self.stdout.write(f"{made.pk}  {secret}")

    def _on(self, *, key: int, **_given: Any) -> None:
        actions.switch_subscription(Subscription.objects.get(pk=key), is_on=True, by=None)

    def _off(self, *, key: int, **_given: Any) -> None:
        actions.switch_subscription(Subscription.objects.get(pk=key), is_on=False, by=None)

    def _trial(self, *, key: int, **_given: Any) -> None:
        actions.want_trial(Subscription.objects.get(pk=key), by=None)

    def _delete(self, *, key: int, **_given: Any) -> None:
        actions.delete_subscription(Subscription.objects.get(pk=key), by=None)

    def _replay(self, *, key: int, since: str | None, after: int | None, **_given: Any) -> None:
        moment = parse_datetime(since) if since else None
        if since and (moment is None or moment.tzinfo is None):
            raise CommandError("--since: give a time with its offset, such as 2026-11-21T09:00:00+08:00.")
        actions.replay_subscription(Subscription.objects.get(pk=key), since=moment, after_seq=after, by=None)
