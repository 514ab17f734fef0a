"""Working without a network: the application itself is anybody's, what a phone keeps is its member's."""

from uuid import UUID

from django.utils import timezone

from jingwei.cases.public import Case
from jingwei.offline.models import Phone
from jingwei.places.public import codes
from tests.security.route import SIGNED_IN, Deed, Everyone, Given, Got, Route
from tests.security.table.groups import FIELD
from tests.security.world import ABSENT_ID, World

ANYBODY = Everyone()
PHONE = UUID("01a1f4a0-0000-7000-8000-0000000000f1")


def _absent(_world: World) -> Given:
    return {"phone_id": ABSENT_ID}


def _of_the_reporter(world: World) -> Given:
    moment = timezone.now()
    Phone.objects.get_or_create(
        pk=PHONE, defaults={"member": world.home.resident, "key": "k", "made_at": moment, "seen_at": moment}
    )
    return {"phone_id": PHONE}


def _locked(world: World) -> object:
    _of_the_reporter(world)
    return list(Phone.objects.order_by("pk").values_list("pk", "withdrawn_at"))


def _phones(_world: World) -> object:
    return Phone.objects.count()


def _report(world: World) -> Given:
    return {"id": str(ABSENT_ID), "words": "A lid", "area": f"a{codes.write(world.home.grid)}"}


def _cases(_world: World) -> object:
    return Case.objects.count()


ROUTES: tuple[Route, ...] = (
    Route("field:worker", ANYBODY),
    Route("field:manifest", ANYBODY),
    Route("field:offline", ANYBODY),
    Route("resident:manifest", ANYBODY),
    Route("field:offline-who", ANYBODY),  # who one is oneself
    Route("field:offline-pages", FIELD),
    Route("field:sync", FIELD),
    Deed("field:offline-key", FIELD, _absent, changes=_phones),
    Deed("field:report-now", FIELD, typed=_report, changes=_cases),
    Route("offline:phones", SIGNED_IN),
    Deed(
        "offline:withdraw",
        frozenset({"reporter"}),
        _of_the_reporter,
        _absent,
        changes=_locked,
        others=Got.REFUSED,  # as for one that is locked already
    ),
)
