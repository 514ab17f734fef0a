"""My grid worker: a resident's own thread, that of the grid's worker, what is overdue for the community."""

from datetime import timedelta
from uuid import UUID

from jingwei.attachments.testing import a_jpeg
from jingwei.conversations.actions import open_conversation, raise_overdue, say
from jingwei.conversations.models import Attachment, Conversation, Message, Terms
from jingwei.kernel.public import clock
from tests.security.route import SIGNED_IN, Deed, Given, Route, at, elsewhere, walkers
from tests.security.world import ABSENT_ID, World

WORKER = at("grid_worker", "grid")
WORKERS = WORKER | elsewhere("grid_worker")
COMMUNITY = at("grid_leader", "grid", "community") | at("community_officer", "community")
WATCHERS = COMMUNITY | elsewhere("grid_leader community_officer")
SET_UP = at("administrator", "district") | elsewhere("administrator")
KEY = UUID("01a1f4a0-0000-7000-8000-0000000000c1")


def _thread(world: World) -> Given:
    """Of the reporter with the first street's grid; a message of theirs is long overdue."""
    resident = world.home.resident
    there = Conversation.objects.filter(member=resident).first()
    if not Message.objects.filter(pk=KEY).exists():
        long_ago = clock.now() - timedelta(days=360)
        there = there or open_conversation(world.home.grid, by=resident, now=long_ago)
        say(there, "Is anybody there?", key=KEY, files=[a_jpeg()], by=resident, now=long_ago)
        raise_overdue()
    return {"key": there.pk if there else ABSENT_ID}


def _message(world: World) -> Given:
    _thread(world)
    return {"key": KEY}


def _file(world: World) -> Given:
    _thread(world)
    return {"key": Attachment.objects.get().pk}


def _none(_world: World) -> Given:
    return {"key": ABSENT_ID}


def _chosen(world: World) -> Given:
    return {"grid": f"a{world.home.grid}"}


def _choices(_world: World) -> object:
    return list(Conversation.objects.order_by("pk").values_list("pk", "chosen_at"))


def _said(world: World) -> object:
    _thread(world)
    return Message.objects.count()


def _without_a_case(world: World) -> object:
    _thread(world)
    return Message.objects.filter(case=None).count()


def _terms(_world: World) -> object:
    return list(Terms.objects.values_list("hours", flat=True))


ROUTES: tuple[Route, ...] = (
    Route("conversations:mine", SIGNED_IN),
    Route("conversations:choose", SIGNED_IN),
    Deed("conversations:choose", SIGNED_IN, typed=_chosen, changes=_choices),
    Deed(
        "conversations:send",
        walkers("reporter", WORKER, COMMUNITY),
        _thread,
        _none,
        typed=lambda _world: {"text": "Hello", "key": ABSENT_ID},
        changes=_said,
    ),
    Deed(
        "conversations:case",
        walkers(WORKER, COMMUNITY),
        _message,
        _none,
        changes=_without_a_case,
    ),
    Route("conversations:file", walkers("reporter", WORKER, COMMUNITY), _file, _none),
    Route("conversations:small-file", walkers("reporter", WORKER, COMMUNITY), _file, _none),
    Route("conversations:threads", WORKERS),
    Route("conversations:thread", WORKER, _thread, _none),
    Route("conversations:unanswered", WATCHERS),
    Route("conversations:raised", COMMUNITY, _thread, _none),
    Route("conversations:terms", SET_UP),
    Deed("conversations:terms", SET_UP, typed=lambda _world: {"hours": "3"}, changes=_terms),
)
