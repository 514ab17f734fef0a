"""The kernel's tests as a module of their own: with handlers, pages and listeners."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import AppConfig

from jingwei.kernel.live import Happening, live_audience

LISTENER = "x-listens-to"


@dataclass(frozen=True)
class Street:
    """Listens to one area."""

    code: int

    def wants(self, happening: Happening) -> bool:
        return happening.code == self.code


def listener(headers: Mapping[str, str]) -> Street | None:
    return Street(int(headers[LISTENER])) if LISTENER in headers else None


class LampsConfig(AppConfig):
    name = "jingwei.kernel.tests"
    label = "kernel_tests"

    def ready(self) -> None:
        live_audience(listener)
