"""Every address of the site, its gaps filled with what must not be told."""

import re
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

PHONE = "13812345678"
WORDS = "楼道里的灯坏了三天了"
GAP = re.compile(r"<(?:(\w+):)?\w+>")
FILLED = {"uuid": "7f0c5b52-3f5e-4f5b-9d3c-0d6a4f1c2b11", "int": PHONE, "str": WORDS, "slug": PHONE, "path": WORDS}


def addresses() -> list[str]:
    """Every address of the site, its gaps filled with what must not be told."""
    return ["/" + GAP.sub(lambda gap: FILLED.get(gap[1] or "str", WORDS), route) for route in routes(get_resolver())]


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern)
