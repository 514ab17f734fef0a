"""Erasing an account: what other modules hold of a person, what stands in the way, and the ledger of what was erased.

The ledger lies beside the database, in the data folder, so that a restore does not bring back who was erased after the
backup was made. It holds ids and times, no names; `manage.py repeat_erasures` erases again what it names.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.functional import Promise

from jingwei.kernel.public import environment
from jingwei.people.models import Member

FILE = "erasures.json"


@dataclass(frozen=True)
class Eraser:
    """`obstacle` says why a member cannot be erased yet, if so; `erase` takes away what a module holds of them."""

    obstacle: Callable[[Member], str | Promise | None]
    erase: Callable[[Member], None]


_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    _erasers.append(eraser)


def erasers() -> tuple[Eraser, ...]:
    return tuple(_erasers)


def obstacle_to(member: Member) -> str | Promise | None:
    """Why `member` cannot be erased yet; None where nothing stands in the way."""
    return next((said for eraser in _erasers if (said := eraser.obstacle(member))), None)


def ledger_file() -> Path:
    return environment().home / FILE


def read_ledger() -> dict[int, str]:
    """Whom the ledger names: ids, each with the moment at which the account was made, which tells two apart."""
    if not ledger_file().exists():
        return {}
    return {int(key): made for key, made in json.loads(ledger_file().read_text("utf-8")).items()}


def keep_ledger() -> None:
    """Write down whoever has been erased, besides those that stand there already."""
    erased = Member.objects.exclude(erased_at=None).values_list("pk", "created_at")
    known = {**read_ledger(), **{key: _made(at) for key, at in erased}}
    if known:
        fresh = ledger_file().with_suffix(".new")
        fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(json.dumps(known, indent=0), "utf-8")
        fresh.chmod(0o600)
        fresh.replace(ledger_file())


def brought_back() -> Iterator[Member]:
    """Members whom the ledger names and who are there again."""
    ledger = read_ledger()
    for member in Member.objects.filter(pk__in=ledger, erased_at=None):
        if _made(member.created_at) == ledger[member.pk]:
            yield member


def _made(at: datetime) -> str:
    return at.isoformat()
