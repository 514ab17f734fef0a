"""Who may listen to the live streams, and to what. The module that knows members says so.

Streams are served by an event loop that no query may hold up: `authorize` runs in a thread, `wants` does not,
and decides from memory alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from jingwei.kernel.facts.fact import subject_field


@dataclass(frozen=True)
class Happening:
    """A fact on its way to listeners."""

    seq: int
    kind: str
    code: int
    actor_id: int | None
    data: Mapping[str, Any]

    @property
    def subject(self) -> Any:
        """The id of the thing that the fact is about; None where there is none."""
        name = subject_field(self.kind)
        return self.data.get(name) if name else None


class Audience(Protocol):
    """A listener, with what they may know about."""

    def wants(self, happening: Happening) -> bool: ...


Authorize = Callable[[Mapping[str, str]], Audience | None]

_authorizers: list[Authorize] = []


def live_audience(authorize: Authorize) -> Authorize:
    """Register who decides. `authorize` gets a request's headers (names in lower case), and gives None for nobody.

    It is asked again while a stream lasts, so that a stream ends with its session.
    """
    if _authorizers:
        raise ValueError("who may listen is decided twice")
    _authorizers.append(authorize)
    return authorize


def audience_for(headers: Mapping[str, str]) -> Audience | None:
    """Who listens; nobody may where no module has registered."""
    return _authorizers[0](headers) if _authorizers else None
