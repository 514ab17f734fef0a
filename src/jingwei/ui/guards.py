"""The guard of pages whose module stands below people. Who is let in is theirs to say: they register how."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
DutyGuard = Callable[[str], Callable[[View], View]]

_guards: list[DutyGuard] = []


def register_guard(guard: DutyGuard) -> None:
    """Called once when Django starts. `guard(duty)` decorates a view."""
    _guards[:] = [guard]


def duty_required(duty: str) -> Callable[[View], View]:
    """Let members in who hold `duty` somewhere, as people guard their own pages."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            (guard,) = _guards
            return guard(duty)(view)(request, *args, **kwargs)

        return guarded

    return decorate
