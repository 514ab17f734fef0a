"""Pages that go wrong, for the tests."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from jingwei.kernel.public import NotPermitted, Refused
from jingwei.ui import errors


def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("This case is closed.")


def not_permitted(request: HttpRequest) -> HttpResponse:
    raise NotPermitted


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret of the machine")


def too_large(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


urlpatterns = [
    path("refused/", refused),
    path("not-permitted/", not_permitted),
    path("broken/", broken),
    path("too-large/", too_large),
    path("form/", form),
    path("", include("jingwei.ui.urls")),
]
handler400 = errors.bad_request
handler403 = errors.not_permitted
handler404 = errors.not_found
handler500 = errors.server_error
