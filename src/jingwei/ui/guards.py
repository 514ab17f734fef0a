"""The guards of pages whose module stands below people. Who is let in is theirs to say: they register how."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
Guard = Callable[[View], View]
DutyGuard = Callable[[str], Guard]

_guards: list[tuple[DutyGuard, Guard]] = []


def register_guards(duty: DutyGuard, staff: Guard) -> None:
    """Called once when Django starts. `duty(key)` and `staff` decorate a view."""
    _guards[:] = [(duty, staff)]


def duty_required(duty: str) -> Guard:
    """Let members in who hold `duty` somewhere, as people guard their own pages."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            ((by_duty, _staff),) = _guards
            return by_duty(duty)(view)(request, *args, **kwargs)

        return guarded

    return decorate


def staff_required(view: View) -> View:
    """Let staff in, as people guard their own pages."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ((_by_duty, staff),) = _guards
        return staff(view)(request, *args, **kwargs)

    return guarded
