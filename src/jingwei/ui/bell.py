"""The bell in every shell: the module that keeps messages says where they are."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Bell:
    """Names of the page of messages, and of the fragment that draws the bell with how many are new."""

    title: Promise
    page: str
    count_page: str

    @property
    def url(self) -> str:
        return reverse(self.page)

    @property
    def count_url(self) -> str:
        return reverse(self.count_page)


_bells: list[Bell] = []


def register_bell(bell: Bell) -> None:
    """Called once when Django starts."""
    if _bells:
        raise ValueError("there is a bell already")
    _bells.append(bell)


def the_bell() -> Bell | None:
    return _bells[0] if _bells else None
