"""Assistants: called in beside the lead, taken on, done or given back. Each has a clock of its own."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from jingwei.cases.dates import stage_clock, whistle_clock
from jingwei.cases.life import Doing, Life
from jingwei.cases.models import Assignment, Stage
from jingwei.cases.obstacles import check_there, counted_returns, need
from jingwei.cases.workflow import LIVE, Part, above, check_move
from jingwei.kernel.public import Refused


def check_called(life: Life, parties: Sequence[str], taken: Iterable[str] = ()) -> None:
    """Refuse parties that have the case already, are named twice, or gave it back at this level."""
    known = {part.party for part in life.live} | set(taken)
    if len(set(parties)) < len(parties) or not known.isdisjoint(parties):
        raise Refused(_("Somebody is named twice, or has a part of this case already. Choose each party once."))
    if above(life.case.level) is not None and not has_returned(life).isdisjoint(parties):
        raise Refused(
            _("This party has returned the case. Choose another, or escalate so that a higher level decides.")
        )


def has_returned(life: Life) -> set[str]:
    """Whoever gave it back to the level that answers now, and was not asked for again from above."""
    return {part.party for part in counted_returns(life.case, life.assignments)}


def call_in(life: Life, doing: Doing, parties: Iterable[str], *, is_whistled: bool = False) -> None:
    """Send each of `parties` its part; the time to report in goes by the department's calendar, or by a whistle."""
    for party in parties:
        kind, number = party[:1], int(party[1:])
        department_id = number if kind == "d" else None
        part = life.part_for(
            doing,
            department_id=department_id,
            member_id=number if kind == "m" else None,
            role=Assignment.Role.ASSIST,
            is_whistled=is_whistled,
            accept_by=whistle_clock(doing.at, life.case).at
            if is_whistled
            else stage_clock(Stage.Name.ACCEPT, doing.at, life.case, department_id, doing.calendars).at,
            calendar=None if is_whistled else doing.calendars.mark,
        )
        life.add(part)


def change_assistant(
    life: Life, doing: Doing, *, add: Sequence[str] = (), release: Sequence[str] = (), words: str
) -> None:
    """Call in others, or let go of those who are no longer needed."""
    check_move("change_assistant", life.case.status)
    if not add and not release:
        raise Refused(_("Choose whom to call in or whom to release."))
    leaving = [part for part in life.assistants if part.party in release]
    if len(leaving) < len(release):
        raise Refused(_("Only somebody who assists now can be released. Look at who has a part of the case."))
    check_called(life, add)
    need(words)

    def change(_move: object) -> None:
        for part in leaving:
            part.status, part.ended_at = Part.RELEASED, doing.at
            life.changed.append(part)
        call_in(life, doing, add)

    life.move("change_assistant", doing, words=words, change=change, add=list(add), release=list(release))


def join(life: Life, doing: Doing, *, party: str, words: str = "", metres: int | None = None) -> None:
    """An assistant takes its part on; where a whistle called, at the place (`metres` from it) or saying where."""
    check_move("join", life.case.status)
    part = _assistant(life, party, frozenset({Part.SENT}))
    check_there(part, words, metres)

    def change(_move: object) -> None:
        part.status, part.accepted_at, part.handler_id = Part.ACCEPTED, doing.at, doing.by
        life.changed.append(part)

    life.move("join", doing, words=words, change=change, part=part, party=party, metres=metres)


def finish(life: Life, doing: Doing, *, party: str, words: str) -> None:
    """An assistant has done its part: what was done."""
    check_move("finish", life.case.status)
    part = _assistant(life, party, frozenset({Part.ACCEPTED}))
    if not words.strip():
        raise Refused(_("Say what was done."))

    def change(_move: object) -> None:
        part.status, part.ended_at, part.handler_id = Part.DONE, doing.at, doing.by
        life.changed.append(part)

    life.move("finish", doing, words=words, change=change, part=part, party=party)


def decline(life: Life, doing: Doing, *, party: str, words: str) -> None:
    """An assistant gives its part back; the lead goes on."""
    check_move("decline", life.case.status)
    part = _assistant(life, party, LIVE)
    need(words)

    def change(_move: object) -> None:
        part.status, part.ended_at = Part.RETURNED, doing.at
        life.changed.append(part)

    life.move("decline", doing, words=words, change=change, part=part, party=party)


def _assistant(life: Life, party: str, statuses: frozenset[Part]) -> Assignment:
    part = next((one for one in life.assistants if one.party == party and one.status in statuses), None)
    if part is None:
        raise Refused(_("This party has no part of the case that this fits. Look at who has one."))
    return part
