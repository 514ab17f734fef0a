"""What is said to callers, for other software: read the script that holds, publish another edition, end one.

Thin: each operation calls one action. Whoever takes calls reads; the duty `counter.scripts` publishes.
"""

from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from jingwei.counter import actions
from jingwei.counter.actions.scripts import (
    LONGEST_ANSWER,
    LONGEST_OPENING,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_ANSWERS,
    MOST_QUESTIONS,
)
from jingwei.counter.models import Script
from jingwei.counter.policy import SCRIPTS, TAKE
from jingwei.counter.scripts import code_of_kind, in_force, kind_of
from jingwei.kernel.public import STORABLE, NotPermitted, require
from jingwei.people.public import KeyRequest, Member

router = Router(tags=["scripts"])
Question = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION, pattern=STORABLE)]


class ReadyIn(Schema):
    """An answer to choose from."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TITLE, pattern=STORABLE)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_ANSWER, pattern=STORABLE)]


class ScriptIn(Schema):
    """The next edition, and why it changes."""

    model_config = ConfigDict(extra="forbid")

    opening: Annotated[str, StringConstraints(max_length=LONGEST_OPENING, pattern=STORABLE)] = ""
    questions: Annotated[list[Question], Field(max_length=MOST_QUESTIONS)] = []
    answers: Annotated[list[ReadyIn], Field(max_length=MOST_ANSWERS)] = []
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=STORABLE)]


class ReadyOut(Schema):
    title: str
    text: str


class ScriptOut(Schema):
    """An edition of a script. `kind`: a class, a major class, or “all”. One that says nothing has ended its kind."""

    kind: str
    edition: int
    opening: str
    questions: list[str]
    answers: list[ReadyOut]
    reason: str
    published_at: datetime


@router.get("/call-scripts", response=list[ScriptOut])
def call_scripts(request: KeyRequest) -> list[dict[str, Any]]:
    """The scripts that hold, in the order of the classes."""
    _require_reading(request.auth)
    return [_shown(one) for one in in_force() if not one.is_empty]


@router.get("/call-scripts/{kind}", response=list[ScriptOut])
def call_script_editions(request: KeyRequest, kind: str) -> list[dict[str, Any]]:
    """Every edition for one kind, the newest first; the newest holds."""
    _require_reading(request.auth)
    found = [_shown(one) for one in _editions(kind)]
    if not found:
        raise Script.DoesNotExist
    return found


@router.post("/call-scripts/{kind}", response={200: ScriptOut, 201: ScriptOut})
def publish_call_script(request: KeyRequest, kind: str, given: ScriptIn) -> Status[dict[str, Any]]:
    """Another edition (201), in force at once; what holds just so already stays as it is (200)."""
    require(request.auth, "counter.script", Script())
    said = given.model_dump()
    newest = _editions(kind).first()
    if newest is not None and all(getattr(newest, name) == value for name, value in said.items()):
        return Status(200, _shown(newest))
    return Status(201, _shown(actions.publish_script(code_of_kind(kind), by=request.auth, **said)))


@router.post("/call-scripts/{kind}/end", response=ScriptOut)
def end_call_script(request: KeyRequest, kind: str) -> dict[str, Any]:
    """The kind has no script any more; its editions stay. Ended already, it stays so."""
    require(request.auth, "counter.script", Script())
    newest = _editions(kind).first()
    if newest is None:
        raise Script.DoesNotExist
    if not newest.is_empty:
        newest = actions.publish_script(newest.category_code, reason=_("Ended"), by=request.auth)
    return _shown(newest)


def _require_reading(member: Member) -> None:
    if not (member.has_duty(TAKE) or member.has_duty(SCRIPTS)):
        raise NotPermitted


def _editions(kind: str) -> Any:
    return Script.objects.filter(category_code=code_of_kind(kind.replace("\0", ""))).order_by("-number")


def _shown(script: Script) -> dict[str, Any]:
    names = ("opening", "questions", "answers", "reason", "published_at")
    return {name: getattr(script, name) for name in names} | {
        "kind": kind_of(script.category_code),
        "edition": script.number,
    }
