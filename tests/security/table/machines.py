"""The API: for keys, by their duties and areas; nobody else is even told what is there."""

from jingwei.cases.public import Case
from jingwei.places.public import codes
from tests.security.route import Deed, Everyone, Given, Got, Route, walkers
from tests.security.table.cases import case, no_case, version
from tests.security.world import ABSENT_ID, ABSENT_NUMBER, World

KEYS = walkers("key", "key elsewhere", "key to report")
HERE = walkers("key")


class Api(Route):
    """Somebody without a key is asked for one; a key of another place, or without the duty, finds nothing."""

    def expected(self, walker: str) -> Got:
        if walker not in KEYS:
            return Got.NO_KEY
        got = super().expected(walker)
        return Got.HIDDEN if got is Got.SIGN_IN else got


class ApiDeed(Api, Deed):
    """A deed that takes a key."""


def _nothing_to_recall(_world: World) -> Given:
    return {"number": ABSENT_NUMBER, "verb": "recall"}


def _recall(world: World) -> Given:
    return {**case("dispatched")(world), "verb": "recall"}


ROUTES: tuple[Route, ...] = (
    Route("api-1:openapi-json", Everyone()),
    Route("api-1:api-root", (), visitor=Got.HIDDEN),
    Api("api-1:cases", KEYS),
    Api("api-1:one_case", HERE, case("dispatched"), no_case),
    Api(
        "api-1:one_report",
        HERE,
        lambda world: {"report_id": world.cases["reported"].reports.get().pk},
        lambda _world: {"report_id": ABSENT_ID},
    ),
    ApiDeed(
        "api-1:report",
        HERE | walkers("key to report"),
        typed=lambda world: {"id": str(ABSENT_ID), "words": "A lamp is out", "area": codes.write(world.home.grid)},
        changes=lambda _world: Case.objects.count(),
        told=walkers("key elsewhere"),
    ),
    ApiDeed(
        "api-1:move",
        HERE,
        _recall,
        _nothing_to_recall,
        typed=lambda _world: {"words": "Wrong party"},
        changes=version("dispatched"),
    ),
)
