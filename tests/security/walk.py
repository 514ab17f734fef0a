"""Everyone goes to an address: what does not go as the table says."""

from collections.abc import Iterable, Iterator

from tests.security.route import Got, Route, body
from tests.security.world import World


def faults(route: Route, world: World) -> Iterator[str]:
    """What does not go as the table says, a line each."""
    met: set[Got] = set()
    for walker in world.walkers.values():
        got, response = route.ask(walker, world)
        expected = route.expected(walker.name)
        met.add(got)
        if got is not expected:
            yield f"{walker.name}: {got} ({response.status_code}), not {expected}"
        if got is Got.HIDDEN and route.absent is not None:
            absent = route.ask_absent(walker, world)
            here, there = body(response, route.to(world)), body(absent, route.absent(world))
            if (response.status_code, here) != (absent.status_code, there):
                yield f"{walker.name}: what is hidden does not look like what is absent"
        if got is route.opened and not route.is_alike(walker, world, response):
            yield f"{walker.name}: it does not look as if nothing were there"
    if isinstance(route.opens_to, frozenset) and route.opens_to - world.walkers.keys():
        yield f"nobody walks as {sorted(route.opens_to - world.walkers.keys())}"
    if route.opens_to and route.opened not in met:
        yield "it opened to nobody"


def check(routes: Iterable[Route], world: World) -> None:
    """AssertionError with a line for each walker who fared otherwise."""
    found = [
        f"{route.method} {route.address(route.to(world))}  {fault}"
        for route in routes
        for fault in faults(route, world)
    ]
    assert not found, "\n" + "\n".join(found)
