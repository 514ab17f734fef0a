"""One line of the table: an address, and who it opens to. Whoever else comes gets one and the same answer."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.transaction import atomic, set_rollback
from django.http import HttpResponse
from django.urls import reverse

from tests.security.world import Walker, World

Given = Mapping[str, Any]
SIGN_IN = "/sign-in/"
CHANGING = re.compile(rb'csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"|<b class="num">[^<]*</b>')
"""What differs between any two answers: tokens, and the number of an error."""


class Got(StrEnum):
    """What came back."""

    OPENED = "opened"
    DONE = "did it"
    REFUSED = "told why not"  # it is there and may be looked at, but nothing was done
    HIDDEN = "found nothing"
    SIGN_IN = "sent to sign in"
    NO_KEY = "asked for a key"
    BROKEN = "broke it"


class Everyone:
    """All walkers but some."""

    def __init__(self, *but: str) -> None:
        self.but = frozenset(but)

    def __contains__(self, walker: object) -> bool:
        return walker not in self.but


NOT_SIGNED_IN = frozenset({"visitor", "key", "key elsewhere", "key to report"})
"""Pages know nobody by a key."""
SIGNED_IN = Everyone(*NOT_SIGNED_IN)


def nothing(_world: World) -> Given:
    return {}


@dataclass(frozen=True)
class Route:
    """A page to look at. `name` is that of its pattern; several lines may tell of one.

    `to` gives the parts of its address, `absent` the same for something that is not there. Those whom it does not open
    to get `others`, those of `told` that they may not, and who has not signed in `visitor`. `looks_like` gives the
    parts of another address: to those it opens to, both look the same.
    """

    name: str
    opens_to: Container[str]
    to: Callable[[World], Given] = nothing
    absent: Callable[[World], Given] | None = None
    others: Got = Got.HIDDEN
    visitor: Got = Got.SIGN_IN
    told: Container[str] = ()
    method: str = "get"
    looks_like: Callable[[World], Given] | None = None

    def address(self, given: Given) -> str:
        """Parts that begin with a question mark go behind one."""
        query = {name[1:]: value for name, value in given.items() if name[0] == "?"}
        parts = {name: value for name, value in given.items() if name[0] != "?"}
        return reverse(self.name, kwargs=parts, query=query or None)

    def expected(self, walker: str) -> Got:
        if walker in self.opens_to:
            return self.opened
        if walker in self.told:
            return Got.REFUSED
        return self.visitor if walker in NOT_SIGNED_IN else self.others

    @property
    def opened(self) -> Got:
        return Got.OPENED

    def ask(self, walker: Walker, world: World) -> tuple[Got, HttpResponse]:
        """What `walker` gets; nothing that is done stays done."""
        with atomic():
            response = walker.ask(self.method, self.address(self.to(world)))
            set_rollback(True)
        return read(response), response

    def ask_absent(self, walker: Walker, world: World) -> HttpResponse:
        """What `walker` gets where nothing is."""
        assert self.absent is not None
        return walker.ask(self.method, self.address(self.absent(world)))

    def is_alike(self, walker: Walker, world: World, response: HttpResponse) -> bool:
        """Whether `response`, which it opened with, looks as it should."""
        if self.looks_like is None:
            return True
        this, that = self.to(world), self.looks_like(world)
        return body(response, this, that) == body(walker.ask(self.method, self.address(that)), this, that)


@dataclass(frozen=True)
class Deed(Route):
    """Something to do by sending a form: those it opens to do it.

    `typed` is what they send, and `changes` reads what doing it changes.
    """

    typed: Callable[[World], Given] = nothing
    changes: Callable[[World], Any] = nothing
    method: str = "post"

    @property
    def opened(self) -> Got:
        return Got.DONE

    def ask(self, walker: Walker, world: World) -> tuple[Got, HttpResponse]:
        with atomic():
            before = self.changes(world)
            response = walker.ask(self.method, self.address(self.to(world)), dict(self.typed(world)))
            is_done = self.changes(world) != before
            set_rollback(True)
        if is_done:
            return Got.DONE, response
        got = read(response)
        return (Got.REFUSED if got is Got.OPENED else got), response

    def ask_absent(self, walker: Walker, world: World) -> HttpResponse:
        assert self.absent is not None
        return walker.ask(self.method, self.address(self.absent(world)), dict(self.typed(world)))


def read(response: HttpResponse) -> Got:
    """Refusals of what was sent (400, 409, 422) come from behind the door: it had opened."""
    where = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
    match response.status_code:
        case 404:
            return Got.HIDDEN
        case 401:
            return Got.NO_KEY
        case 403:
            return Got.REFUSED
        case status if status >= 500:
            return Got.BROKEN
    return Got.SIGN_IN if where.startswith(SIGN_IN) else Got.OPENED


def body(response: HttpResponse, *asked: Given) -> bytes:
    """What an answer says, less what changes each time and what was asked for (a digit or two stand anywhere).

    Of two answers that are compared, both leave out what either was asked for: a number may stand there by chance.
    """
    said = CHANGING.sub(b"", response.content)
    for value in [str(value) for given in asked for value in given.values()]:
        said = said.replace(f"/{value}/".encode(), b"//")  # a part of the address, however short
        if len(value) > 2:
            said = said.replace(value.encode(), b"")
    return said


def at(names: str, *levels: str) -> frozenset[str]:
    """Walkers who hold these roles at these levels: `at("dispatcher duty_officer", "street")`."""
    return frozenset(f"{name}@{level}" for name in names.split() for level in levels)


def elsewhere(names: str) -> frozenset[str]:
    """Walkers who hold these roles beside the place."""
    return frozenset(f"{name} elsewhere" for name in names.split())


def walkers(*names: str | Iterable[str]) -> frozenset[str]:
    """A set of walkers from names and sets of names."""
    return frozenset().union(*([name] if isinstance(name, str) else name for name in names))
