"""Notices: everybody has their own; how they go out is for the administrator."""

from uuid import UUID

from django.utils import timezone

from jingwei.notices.models import Choices, Notice, PushDevice, Robot
from jingwei.notices.unsubscribing import unsubscribe_url
from jingwei.people.public import Member
from tests.security.route import SIGNED_IN, Deed, Everyone, Given, Got, Route, at, elsewhere
from tests.security.world import World

MANAGERS = at("administrator", "district") | elsewhere("administrator")
KEY = UUID("01a1f4a0-0000-7000-8000-000000000001")
VALUES = {"number": "20261121-000001", "due": ""}
NOBODYS = {"key": UUID(int=1)}


def _notice(world: World) -> Given:
    """One of the reporter."""
    Notice.objects.get_or_create(
        pk=KEY,
        defaults={
            "recipient": f"m{world.home.resident.pk}",
            "key": "walk",
            "member": world.home.resident,
            "text": "cases.filed",
            "topic": "report",
            "urgency": "routine",
            "values": VALUES,
            "written_at": timezone.now(),
        },
    )
    return {"key": KEY}


def _read(_world: World) -> object:
    return Notice.objects.filter(read_at=None).count()


def _whether_read(world: World) -> object:
    return Notice.objects.filter(pk=_notice(world)["key"], read_at=None).exists()


def _choices(_world: World) -> object:
    return list(Choices.objects.order_by("pk").values_list("pk", "channels", "changed_at"))


def _device(world: World) -> Given:
    """A browser of the reporter."""
    moment = timezone.now()
    PushDevice.objects.get_or_create(
        pk=KEY,
        defaults={"member": world.home.resident, "endpoint": "https://push.example/1", "made_at": moment}
        | {"key": "k", "secret": "s", "server_key": "k", "session": "s", "used_at": moment},
    )
    return {"key": KEY}


def _devices(world: World) -> object:
    """A browser that is made anew by looking differs from the one that was there."""
    _device(world)
    return list(PushDevice.objects.order_by("pk").values_list("pk", "made_at"))


def _typed_browser(_world: World) -> Given:
    return {"endpoint": "https://push.example/2", "key": "k", "secret": "s"}


def _leaving(world: World) -> Given:
    return {"token": unsubscribe_url(world.home.resident.pk, "report").rsplit("/", 2)[1]}


def _no_token(_world: World) -> Given:
    return {"token": "nonsense"}


def _office(world: World) -> Given:
    return {"department_id": world.home.department.pk}


def _no_office(_world: World) -> Given:
    return {"department_id": 999999999}


def _robots(_world: World) -> object:
    return list(Robot.objects.values_list("department_id", "url"))


def _typed_robot(_world: World) -> Given:
    return {"url": "https://robot.example.cn/send?key=k", "topics": ["work"]}


def _new_for_all(_world: World) -> object:
    """How many messages are new; everybody has had one."""
    ids = Member.objects.order_by("pk").values_list("pk", flat=True)
    fresh = {"values": VALUES, "key": "walk all", "text": "cases.filed", "topic": "report", "urgency": "routine"}
    rows = [Notice(recipient=f"m{key}", member_id=key, written_at=timezone.now(), **fresh) for key in ids]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return _read(_world)


ROUTES: tuple[Route, ...] = (
    Route("notices:inbox", SIGNED_IN),
    Route("notices:count", SIGNED_IN),
    Deed("notices:read-all", SIGNED_IN, changes=_new_for_all),
    Deed("notices:open", frozenset({"reporter"}), _notice, lambda _world: NOBODYS, changes=_whether_read),
    Route("notices:choices", SIGNED_IN),
    Deed("notices:choices", SIGNED_IN, typed=lambda _world: {"topic_report": ["mail"]}, changes=_choices),
    Deed("notices:email", SIGNED_IN, typed=lambda _world: {"email": ""}, changes=_choices),
    Route("notices:confirm", SIGNED_IN, _no_token),
    Deed("notices:push", (), told=SIGNED_IN, typed=_typed_browser, changes=_devices),  # no key is set here
    Route("notices:push-renew", ()),  # no key is set here, either
    Deed("notices:push-renew", (), told=SIGNED_IN, typed=_typed_browser, changes=_devices),
    Deed(
        "notices:push-end",
        frozenset({"reporter"}),
        _device,
        lambda _world: NOBODYS,
        changes=_devices,
        others=Got.REFUSED,  # as for one that has ended by itself
    ),
    Route("notices:push-worker", Everyone()),
    Route("notices:unsubscribe", Everyone(), _leaving, _no_token),
    Deed("notices:unsubscribe", Everyone(), _leaving, _no_token, changes=_choices),
    Route("notices:text-message", (), method="post", visitor=Got.HIDDEN),  # no gateway has a key here
    Route("notices:overview", MANAGERS),
    Route("notices:text", MANAGERS, lambda _world: {"key": "cases.filed"}, lambda _world: {"key": "cases.nothing"}),
    Route("notices:robots", MANAGERS),
    Route("notices:robot", MANAGERS, _office, _no_office),
    Deed("notices:robot", MANAGERS, _office, _no_office, typed=_typed_robot, changes=_robots),
)
