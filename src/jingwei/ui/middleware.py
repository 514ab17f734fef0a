"""Turns the two errors that a person may meet into pages, or into toasts for htmx."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from jingwei.kernel.public import NotPermitted, Refused
from jingwei.ui import errors

METHOD_NOT_ALLOWED = HTTPStatus.METHOD_NOT_ALLOWED


class ErrorMiddleware:
    """Refused is 409, NotPermitted 403. A view answers 404 itself for what is invisible; the rest is a bug (500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:  # no text of the database holds it, so nothing can be at such an address
            return errors.not_found(request)
        response = self.get_response(request)
        return errors.wrong_method(request, response) if response.status_code == METHOD_NOT_ALLOWED else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, exception.message)
        if isinstance(exception, NotPermitted):
            return errors.not_permitted(request, exception)
        return None
