"""What must hold of a case whatever was done to it: asked of lives in memory and of cases in the database."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from jingwei.cases import docket
from jingwei.cases.docket import Entry
from jingwei.cases.life import Life
from jingwei.cases.models import Rating, Stage
from jingwei.cases.models.docket import COURSE
from jingwei.cases.workflow import LEVELS, OPEN, POOR, WORKED_ON, Status


def check_agrees(life: Life, stages: Sequence[Stage], ratings: Sequence[Rating]) -> None:
    """Case, parties and clock are in states that agree: one level answers, and one clock runs while it is open."""
    case, lead = life.case, life.lead
    assert case.status in Status.values
    assert case.level in LEVELS
    assert len([part for part in life.live if part.role == "lead"]) <= 1
    assert len({part.party for part in life.live}) == len(life.live)
    assert all(part.accept_by for part in life.assistants)
    assert (case.status in OPEN and case.follows_id is None) == (life.stage is not None)
    assert case.status != Status.MERGED or case.follows_id is not None
    assert [stage for stage in stages if stage.ended_at is None] == ([life.stage] if life.stage else [])
    if case.status == Status.DISPATCHED:
        assert lead is not None
        assert lead.status == "sent"
    if case.status == Status.IN_HAND:
        assert lead is not None
        assert lead.status == "accepted"
    if case.status not in {Status.DISPATCHED, Status.IN_HAND}:
        assert not life.live
    if case.status != Status.IN_HAND:
        assert not any(errand.kind == "extension" and errand.is_open for errand in life.errands)
    assert not case.is_suspended or (case.status in WORKED_ON and case.review_at and case.signal_at is None)
    if case.status not in WORKED_ON:
        assert not any(errand.kind == "suspension" and errand.is_open for errand in life.errands)
    if case.extended_from:
        assert case.due_at
        assert case.due_at > case.extended_from
    if case.status == Status.HANDLED:
        assert not life.assistants
    if case.status not in {Status.REPORTED, Status.REJECTED, Status.WITHDRAWN, Status.MERGED}:
        assert case.category is not None
        assert case.due_at is not None
    check_errands(life, ratings)


def check_errands(life: Life, ratings: Sequence[Rating]) -> None:
    """Whoever is not satisfied is called; a case that a leader waits for is not ended."""
    case = life.case
    owed = [errand for errand in life.errands if errand.kind == "supervision" and errand.is_open]
    assert len(owed) == case.is_supervised
    poor = sorted(rating.rated_at for rating in ratings if rating.grade <= POOR)
    called = [errand for errand in life.errands if errand.kind == "call_back"]
    assert sorted(errand.opened_at for errand in called) == poor
    if case.status == Status.CLOSED:
        assert not case.is_supervised
        assert case.outcome
        assert case.closed_at
        assert case.handled_at


def check_docket(life: Life, entries: Sequence[Entry]) -> None:
    """Each open case lies once with each who has it, one that has ended only for what is still asked of it."""
    course = [entry for entry in entries if entry.tray in COURSE]
    holders = Counter((entry.holder, entry.holder_id) for entry in course)
    assert all(times == 1 for times in holders.values())
    leads = life.case.follows_id is None
    assert bool(course) == (life.case.status in OPEN and leads)
    beside = Counter((entry.holder, entry.holder_id, entry.tray) for entry in entries if entry.tray not in COURSE)
    assert all(times == 1 for times in beside.values())
    awaited = [errand for errand in life.errands if errand.is_open and life.case.status not in docket.LAPSED]
    warned = {"warned"} if course and life.case.is_warned else set()
    assert {key[2] for key in beside} == {docket.ERRANDS[errand.kind] for errand in awaited} | warned
    assert not life.case.is_suspended or {entry.tray for entry in course} == {"pause"}
    answering = [entry for entry in entries if entry.tray == "dispatch"]
    assert len(answering) == (1 if life.case.status == Status.FILED and leads else 0)
    assert sum(entry.is_party for entry in entries) == len(life.live)


def check_reviewed(life: Life, steps: Sequence[Any]) -> None:
    """ "Not satisfied" always leads to something that waits or to a record of what came of it."""
    for errand in life.errands:
        if errand.kind in {"call_back", "rectify", "meeting"} and errand.ended_at is not None:
            verb = "review" if errand.kind == "meeting" else "call_back"
            assert any(step.verb == verb and step.occurred_at == errand.ended_at for step in steps)
    for number, step in enumerate(steps):
        if step.verb == "rework":
            assert step.after == Status.DISPATCHED
        if step.verb == "reopen":
            assert step.after == Status.FILED
            assert life.case.is_open or len(steps) > number + 1
