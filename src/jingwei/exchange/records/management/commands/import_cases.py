"""`./jingwei import cases`: another system's records, by a mapping."""

import json
import signal
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.exchange.records.bringing import Lists, import_records
from jingwei.exchange.records.mapping import Mapping, read_mapping
from jingwei.exchange.records.staff import post_staff
from jingwei.exchange.records.survey import Survey
from jingwei.exchange.records.tally import Tally, differing_list, refused_list
from jingwei.exchange.records.telling import tell_figures, tell_notes, tell_progress, tell_survey
from jingwei.kernel.public import Refused, environment
from jingwei.people.public import Member

STOPPED = 130
SIGNALS = (signal.SIGINT, signal.SIGTERM)
PAUSE, PAUSE_IN_LOG = 0.5, 10.0
"""Seconds between two lines of progress: on a screen, and where they pile up in a log."""


class Command(BaseCommand):
    help = "Import another system's case records by a mapping: a file, or the name of one that ships."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--mapping", required=True, metavar="MAPPING.toml")
        parser.add_argument("--dry-run", action="store_true", help="decide everything, write nothing")
        parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
        parser.add_argument("--refused", type=Path, metavar="FILE.csv", help="where the refused rows are listed")
        parser.add_argument("--differing", type=Path, metavar="FILE.csv", help="where the differing rows are listed")
        parser.add_argument(
            "--staff", action="append", default=[], metavar="USER", help="give this user the desk of the district"
        )

    def handle(self, *, files: list[Path], mapping: str, staff: list[str], **options: Any) -> None:
        try:
            meaning = read_mapping(mapping)
            members = [_member(name) for name in staff]
            watch = Watch(self.stderr, meaning)
            tally = self._import(files, meaning, watch, **options)
            for member in () if options["dry_run"] else members:
                post_staff(meaning.district.number, member, by=None)
        except Refused as no:
            raise CommandError(no.message) from None
        self.stdout.write(json.dumps(tally.figures()) if options["json"] else tell_figures(tally))
        if watch.wants_stop():
            raise CommandError(_("Stopped. Run the same again to go on."), returncode=STOPPED)

    def _import(self, files: list[Path], mapping: Mapping, watch: "Watch", **options: Any) -> Tally:
        folder = environment().home / "imports"
        no = refused_list(options["refused"] or folder / f"{mapping.source}-refused.csv")
        other = differing_list(options["differing"] or folder / f"{mapping.source}-differing.csv")
        with no, other, watch:
            tally = import_records(files, mapping, Lists(no, other), watch, is_trial=options["dry_run"])
        for sentence in tell_notes(tally):
            self.stderr.write(sentence)
        for listing in (no, other):
            if listing.count:
                said = ngettext("%(n)d row is listed in %(file)s", "%(n)d rows are listed in %(file)s", listing.count)
                self.stderr.write(said % {"n": listing.count, "file": listing.path})
        return tally


def _member(username: str) -> Member:
    member = Member.objects.filter(username=username).first()
    if member is None:
        raise Refused(_("There is no user “%(name)s”.") % {"name": username})
    return member


class Watch:
    """Says how far it is, and lets Ctrl-C end the work after a batch."""

    def __init__(self, out: OutputWrapper, mapping: Mapping) -> None:
        self._out = out
        self._mapping = mapping
        self._is_stopped = False
        self._is_screen = out.isatty()
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._stop) for number in SIGNALS}
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _at: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """The first time: after this batch. A second time: at once, which undoes this batch only."""
        self._is_stopped = True
        signal.signal(number, self._before[signal.Signals(number)])

    def surveyed(self, found: Survey) -> None:
        for sentence in tell_survey(found, self._mapping):
            self._out.write(sentence)
        self._began = time.monotonic()

    def progressed(self, tally: Tally, rows: int) -> None:
        now = time.monotonic()
        is_last = tally.read == rows or self._is_stopped
        if is_last or now - self._said >= (PAUSE if self._is_screen else PAUSE_IN_LOG):
            self._said = now
            line = tell_progress(tally, rows, now - self._began)
            self._out.write(
                f"\r{line}   " if self._is_screen else line, ending="\n" if is_last or not self._is_screen else ""
            )

    def wants_stop(self) -> bool:
        return self._is_stopped
