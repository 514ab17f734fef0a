"""Headers that every answer carries, whichever view made it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PERMISSIONS = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), "
    "geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
GIVEN = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Reporting-Endpoints": 'policy="/policy-reports/"',
    "Cache-Control": "private, no-cache",
}


def let_record(response: HttpResponseBase) -> None:
    """On this page the microphone may be used, once the browser has asked whoever reads it."""
    response.headers["Permissions-Policy"] = PERMISSIONS.replace("microphone=()", "microphone=(self)")


class HeadersMiddleware:
    """Sets what no view has set otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in GIVEN.items():
            response.headers.setdefault(name, value)
        return response
