"""Live streams: who hears what, what was missed, and when a stream ends."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db.transaction import atomic

from jingwei.kernel.facts import publish
from jingwei.kernel.ids import uuid7
from jingwei.kernel.live import Happening
from jingwei.kernel.server import streams
from jingwei.kernel.server.streams import Hub, Listener, stream
from jingwei.kernel.tests.apps import LISTENER, Street
from jingwei.kernel.tests.handlers import PLACE, LampLit
from jingwei.kernel.tests.lamps import light
from jingwei.kernel.tests.processes import RELAY, running, wait_until
from jingwei.kernel.tests.web import Server, a_server, is_answering

ELSEWHERE = PLACE + 1_000
HERE = {LISTENER: str(PLACE)}


@pytest.fixture
def live(no_jobs) -> Iterator[Server]:
    """A server with a relay beside it."""
    with running(*RELAY), a_server() as server:
        wait_until(lambda: is_answering(server, "/readyz"))
        yield server


def test_stream_tells_its_audience_what_happens_as_it_happens(live):
    with live.listen(**HERE) as heard:
        assert heard.block()["id"] == "0"
        with atomic():
            publish(LampLit(code=ELSEWHERE, lamp_id=uuid7()), by=None)
        lamp = light()

        assert heard.event() == {"seq": 2, "kind": "sample.lamp_lit", "code": str(PLACE), "id": str(lamp)}


def test_stream_that_was_interrupted_goes_on_where_it_was(live):
    with live.listen(**HERE) as heard:
        heard.block()
        light()
        last = heard.block()["id"]
    missed = [light(), light()]

    with live.listen(**HERE, **{"Last-Event-ID": last}) as heard:
        events = [heard.event(), heard.event()]
        later = light()
        assert [event["id"] for event in [*events, heard.event()]] == [str(lamp) for lamp in (*missed, later)]


def test_server_told_to_stop_ends_its_streams_and_stops_at_once(live):
    with live.listen(**HERE) as heard:
        heard.block()
        live.process.terminate()
        assert live.process.wait(timeout=2.5) == 0
        assert heard.answer.read() == b""


class Wire:
    """What Granian gives us to write on."""

    def __init__(self) -> None:
        self.sent = ""

    async def send_str(self, text: str) -> None:
        self.sent += text


def happening(seq: int, code: int = PLACE) -> Happening:
    return Happening(seq=seq, kind=LampLit.kind, code=code, actor_id=None, data={"lamp_id": str(uuid7())})


def follow(happenings: list[Happening], *, is_still_here: bool = True) -> str:
    """All that one stream says when these things happen and then nothing more."""
    wire, queue = Wire(), asyncio.Queue()
    for item in [*happenings, None]:
        queue.put_nowait(item)

    async def authorize() -> Street | None:
        return Street(PLACE) if is_still_here else None

    asyncio.run(Listener(wire, Hub(""), queue).follow(Street(PLACE), authorize))
    return wire.sent


def test_stream_ends_when_its_session_has_ended(monkeypatch):
    monkeypatch.setattr(streams, "SECONDS_TO_AUTHORIZE", 0)

    assert follow([happening(1), happening(2)]).count("data:") == 2
    assert follow([happening(1), happening(2)], is_still_here=False).count("data:") == 1


def test_stream_ends_when_it_has_carried_enough(monkeypatch):
    monkeypatch.setattr(streams, "EVENTS_AT_MOST", 2)

    assert follow([happening(1), happening(2, ELSEWHERE), happening(3), happening(4)]).count("data:") == 2


def test_stream_in_which_nothing_happens_says_that_it_is_there(monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.01)
    monkeypatch.setattr(streams, "SECONDS_AT_MOST", 0.1)
    wire, hub = Wire(), Hub("")
    hub.last = 7
    asyncio.run(Listener(wire, hub, asyncio.Queue()).follow(Street(PLACE), authorize=None))

    assert wire.sent.startswith(": still here\nid: 7\n\n: still here\nid: 7\n\n")


def test_stream_beyond_the_number_of_places_is_turned_away(monkeypatch):
    monkeypatch.setattr(streams, "STREAMS_AT_MOST", 1)
    hub, answers = Hub(""), []
    hub.is_following.set()
    hub.join()

    async def authorize(_headers) -> Street:
        return Street(PLACE)

    scope = SimpleNamespace(headers=HERE)
    protocol = SimpleNamespace(response_str=lambda status, *_: answers.append(status))
    asyncio.run(stream(scope, protocol, hub, authorize))
    assert answers == [503]


@pytest.mark.parametrize(("begins_after", "expected"), [(0.01, True), (60, False)])
def test_stream_waits_for_a_process_that_has_only_just_begun(monkeypatch, begins_after, expected):
    monkeypatch.setattr(streams, "SECONDS_TO_BEGIN", 0.5)
    hub = Hub("")

    async def ask() -> bool:
        asyncio.get_running_loop().call_later(begins_after, hub.is_following.set)
        return await hub.follows_soon()

    assert asyncio.run(ask()) is expected
