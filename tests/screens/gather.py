"""Pages to look at in a browser: each page of the site as somebody sees it for whom it opens, taken before the browser
starts, since it and the database cannot be asked at once, and served to it with the files of `static/`.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db.transaction import atomic, set_rollback
from django.http import HttpResponse
from django.test import Client

from tests.security.route import Deed, Route
from tests.security.table import ROUTES
from tests.security.world import HANDLER, Walker, World

SEES_MOST = (
    "grid_worker@grid",
    "dispatcher@street",
    "community_officer@community",
    "department_handler@street",
    "reporter",
)
RESIDENTS = re.compile(r"resident:|public:|conversations:mine")
STATIC = "/static/"
NOTHING = (204, {}, b"")


@dataclass(frozen=True)
class Taken:
    """A page as `walker` got it, and the template it was drawn from."""

    name: str
    walker: str
    address: str
    template: str
    html: bytes
    headers: dict[str, str]

    @property
    def is_wide(self) -> bool:
        """Whether it is worked with at a desk, and not on a phone."""
        return b"desk-page" in self.html or self.name == "ui:catalogue"

    def __str__(self) -> str:
        return f"{self.name} {self.address} ({self.walker})"


def pages(world: World, *, language: str = "zh-hans", cookies: dict[str, str] | None = None) -> Iterator[Taken]:
    """Every page that the table knows and that somebody may open. What htmx fetches for a page is none of its own."""
    for route in ROUTES:
        walker = None if isinstance(route, Deed) or route.method != "get" else _who_sees(route, world)
        if walker is None:
            continue
        address = route.address(route.to(world))
        response = _ask(walker, address, language, cookies or {})
        is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
        if is_page and b"<html" in response.content:
            template = next((one.name for one in response.templates if one.name), route.name)
            yield Taken(route.name, walker.name, address, template, response.content, dict(response.headers))


def one_of_each(taken: Iterable[Taken]) -> list[Taken]:
    """Of those that are drawn from the same template, the first."""
    kinds: dict[str, Taken] = {}
    for page in taken:
        kinds.setdefault(page.template, page)
    return list(kinds.values())


def _who_sees(route: Route, world: World) -> Walker | None:
    """Somebody whose page is full rather than bare."""
    opened = [name for name in world.walkers if name in route.opens_to]
    first = ("reporter", *SEES_MOST) if RESIDENTS.match(route.name) else SEES_MOST
    name = next((name for name in first if name in opened), min(opened, default=None))
    return world.walkers[name] if name else None


def _ask(walker: Walker, address: str, language: str, cookies: dict[str, str]) -> HttpResponse:
    client = Client(headers={"accept-language": language})
    client.handler = HANDLER
    client.cookies.update(walker.cookies)
    client.cookies.load(cookies)
    with atomic():
        response: HttpResponse = client.get(address)
        set_rollback(True)
    return response


class Served:
    """A site that has these pages and the static files, and answers everything else with nothing."""

    def __init__(self, taken: Iterable[Taken]) -> None:
        self.pages = {page.address: page for page in taken}

    def __enter__(self) -> Self:
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, headers, body = served.answer(self.path)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_said: object) -> None:
                """Who fetches what is nobody's business here."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, address: str) -> tuple[int, dict[str, str], bytes]:
        if address in self.pages:
            page = self.pages[address]
            return 200, {name: value for name, value in page.headers.items() if name != "Content-Length"}, page.html
        path = urlsplit(address).path
        body = _static(path.removeprefix(STATIC)) if path.startswith(STATIC) else None
        if body is None:
            return NOTHING
        kind = guess_type(path)[0] or "application/octet-stream"
        return 200, {"Content-Type": kind, "Cache-Control": "max-age=3600"}, body


@cache
def _static(name: str) -> bytes | None:
    found = finders.find(name)
    return Path(found).read_bytes() if found else None
