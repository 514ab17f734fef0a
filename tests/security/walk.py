"""Everyone goes to an address: what does not go as the table says.

A walk in company takes one walker of each kind: of several who hold a role at different levels around the place and
are to fare alike, one goes, another at the next address. The slow tier sends everybody everywhere.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from zlib import crc32

import psycopg

from jingwei.kernel.tests.processes import database_address
from jingwei.places.public import Level
from tests.security.route import Got, Route, body
from tests.security.world import Walker, World

LEVELS = frozenset(level.value for level in Level)
LOOKING_TWICE = 3
"""In company, one in so many of those who find nothing compares it with what is absent."""


def _draw(route: Route, name: str) -> int:
    """The same in every run, another for every address."""
    return crc32(f"{route.method} {route.name} {name}".encode())


def in_company(route: Route, walkers: Iterable[Walker]) -> Iterator[Walker]:
    """One of each kind."""

    def kind(walker: Walker) -> tuple[str, str, str]:
        role, _at, place = walker.name.partition("@")
        return role, "inside" if place in LEVELS else place, route.expected(walker.name)

    for _kind, alike in groupby(sorted(walkers, key=kind), key=kind):
        known = list(alike)
        yield known[_draw(route, known[0].name) % len(known)]


def faults(route: Route, world: World, *, is_whole: bool = False) -> Iterator[str]:
    """What does not go as the table says, a line each."""
    met: set[Got] = set()
    everyone = world.walkers.values()
    for walker in everyone if is_whole else in_company(route, everyone):
        got, response = route.ask(walker, world)
        expected = route.expected(walker.name)
        met.add(got)
        if got is not expected:
            yield f"{walker.name}: {got} ({response.status_code}), not {expected}"
        is_compared = is_whole or _draw(route, walker.name) % LOOKING_TWICE == 0
        if got is Got.HIDDEN and route.absent is not None and is_compared:
            absent = route.ask_absent(walker, world)
            asked = route.to(world), route.absent(world)
            here, there = body(response, *asked), body(absent, *asked)
            if (response.status_code, here) != (absent.status_code, there):
                yield f"{walker.name}: what is hidden does not look like what is absent"
        if got is route.opened and not route.is_alike(walker, world, response):
            yield f"{walker.name}: it does not look as if nothing were there"
    if isinstance(route.opens_to, frozenset) and route.opens_to - world.walkers.keys():
        yield f"nobody walks as {sorted(route.opens_to - world.walkers.keys())}"
    if route.opens_to and route.opened not in met:
        yield "it opened to nobody"


def sweep() -> None:
    """Clear away the rows that walks before have undone: each question of the next one would read over them."""
    with psycopg.connect(database_address(), autocommit=True) as own:
        own.execute("VACUUM")


def check(routes: Iterable[Route], world: World, *, is_whole: bool = False) -> None:
    """AssertionError with a line for each walker who fared otherwise."""
    found = [
        f"{route.method} {route.address(route.to(world))}  {fault}"
        for route in routes
        for fault in faults(route, world, is_whole=is_whole)
    ]
    assert not found, "\n" + "\n".join(found)
