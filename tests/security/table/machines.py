"""The API: for keys, by their duties and areas; nobody else is even told what is there."""

from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from jingwei.cases.public import Case, Photo
from jingwei.people.public import Read
from jingwei.places.public import codes
from tests.security.route import Deed, Everyone, Given, Got, Route, walkers
from tests.security.table.cases import case, no_case, version
from tests.security.world import ABSENT_ID, ABSENT_NUMBER, Walker, World, jpeg

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


def a_photo(_world: World) -> Given:
    return {"photo": SimpleUploadedFile("lamp.jpg", jpeg("maroon"), "image/jpeg")}


def _photos(world: World) -> int:
    return Photo.objects.filter(case=world.cases["filed"]).count()


def _docket(world: World) -> Given:
    return {"docket": f"a{world.home.street}"}


class ApiUpload(ApiDeed):
    """A deed that takes a key and a file."""

    def ask(self, walker: Walker, world: World) -> tuple[Got, HttpResponse]:
        return super().ask(replace(walker, is_form=True), world)

    def ask_absent(self, walker: Walker, world: World) -> HttpResponse:
        return super().ask_absent(replace(walker, is_form=True), world)


def _form(world: World) -> Given:
    """Of the two districts, that of the cases."""
    return {"form": "json", "?jurisdiction_id": _jurisdiction(world)["jurisdiction_id"]}


def _jurisdiction(world: World) -> Given:
    return {"jurisdiction_id": codes.write(world.home.street)[:6]}


def _posted(world: World) -> Given:
    return {
        "service_code": "0101",
        "description": "Lid",
        "address_id": codes.write(world.home.grid),
        **_jurisdiction(world),
    }


def _sent(world: World) -> Given:
    """A report that nobody may know of yet."""
    return {**_form(world), "number": world.cases["reported"].number}


class Open311Deed(Deed):
    """Software says who it is by its key; nobody is sent to sign in."""

    def expected(self, walker: str) -> Got:
        return Got.DONE if walker in self.opens_to else Got.REFUSED

    def ask(self, walker: Walker, world: World) -> tuple[Got, HttpResponse]:
        return super().ask(replace(walker, is_form=True), world)


class Open311Update(Open311Deed):
    """For the key that has sent the report, which here none has: to keys there is no such request."""

    def expected(self, walker: str) -> Got:
        return Got.HIDDEN if walker in KEYS else Got.REFUSED


def _recall(world: World) -> Given:
    return {**case("dispatched")(world), "verb": "recall"}


ROUTES: tuple[Route, ...] = (
    Route("api-1:openapi-json", Everyone()),
    Route("api-1:api-root", (), visitor=Got.HIDDEN),
    Api("api-1:cases", KEYS),
    Api("api-1:one_case", HERE, case("dispatched"), no_case),
    Api("api-1:steps", HERE, case("dispatched"), no_case),
    Api("api-1:dates", HERE, case("dispatched"), no_case),
    Api("api-1:moves", HERE, case("dispatched"), no_case),
    Api("api-1:reporter", HERE, case("dispatched"), no_case),
    ApiDeed(
        "api-1:contact",
        HERE,
        case("dispatched"),
        no_case,
        typed=lambda _world: {"reason": "call_back"},
        changes=lambda _world: Read.objects.count(),
        others=Got.HIDDEN,
    ),
    Api("api-1:photos", HERE, case("reported"), no_case),
    ApiUpload("api-1:add_photo", HERE, case("filed"), no_case, typed=a_photo, changes=_photos, others=Got.HIDDEN),
    Api(
        "api-1:photo",
        HERE,
        lambda world: {"photo_id": world.photo.pk},
        lambda _world: {"photo_id": ABSENT_ID},
    ),
    Api("api-1:dockets", KEYS),
    Api("api-1:docket", HERE, _docket, lambda _world: {"docket": "a999999999999999999"}),
    Api("api-1:categories", KEYS),
    Api("api-1:departments", KEYS),
    Api("api-1:places", KEYS, lambda _world: {"?q": "x"}),
    Api("api-1:suggestions", KEYS, lambda _world: {"?words": "x"}),
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
    Route("open311:discovery", Everyone(), _form),
    Route("open311:discovery-v2", Everyone(), _form),
    Route("open311:services", Everyone(), _form),
    Route("open311:service", Everyone(), lambda world: {**_form(world), "code": "0101"}),
    Route("open311:requests", Everyone(), _form),
    Route(
        "open311:request",
        HERE,
        _sent,
        lambda world: {**_form(world), "number": ABSENT_NUMBER},
        visitor=Got.HIDDEN,
    ),
    Route(
        "open311:token",
        (),
        lambda world: {**_form(world), "token": str(world.cases["reported"].reports.get().pk)},
        lambda world: {**_form(world), "token": str(ABSENT_ID)},
        visitor=Got.HIDDEN,
    ),
    Route("open311:updates", Everyone(), _form),
    Open311Deed(
        "open311:requests",
        HERE | walkers("key to report"),
        lambda _world: {"form": "json"},
        typed=_posted,
        changes=lambda _world: Case.objects.count(),
    ),
    Open311Update(
        "open311:updates",
        (),
        lambda _world: {"form": "json"},
        typed=lambda world: {
            "service_request_id": world.cases["in_hand"].number,
            "description": "Still dark",
            **_jurisdiction(world),
        },
        changes=version("in_hand"),
    ),
)
