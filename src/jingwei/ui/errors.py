"""Pages for when something went wrong: a sentence, the mend, and a reference number where it is our fault.

Rendered without the request's context processors, so that they need neither database nor session. To htmx the same
is a toast with the same status. `handler400` to `handler500` and CSRF_FAILURE_VIEW of the settings point here.
"""

import secrets
import sys
from dataclasses import dataclass

import structlog
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import NotTheirs
from jingwei.ui.context import Shell
from jingwei.ui.machines import machine_answer

log = structlog.get_logger(__name__)

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misheard or misread


@dataclass(frozen=True)
class Trouble:
    status: int
    title: str | Promise
    said: str | Promise
    mend: str | Promise = ""


BAD_REQUEST = Trouble(
    400,
    _("We could not read that"),
    _("What the browser sent was incomplete."),
    _("Go back, load the page again and repeat it."),
)
FORGED = Trouble(
    403,
    _("This page has grown old"),
    _("To protect you, a form can only be sent from a page that you opened a short while ago."),
    _("Go back, load the page again and send it once more. What you typed is kept."),
)
NOT_PERMITTED = Trouble(
    403,
    _("You may not do this"),
    _("Your posting does not include it."),
    _("If it should, ask whoever manages postings."),
)
NOT_FOUND = Trouble(
    404,
    _("There is nothing here"),
    _("The address is wrong, or it was moved, or it is not open to you."),
    _("Check the address, or look for it from the start page."),
)
TOO_LARGE = Trouble(
    413,
    _("That is too large"),
    _("The photos or files together are larger than we can take at once."),
    _("Send fewer at a time, or smaller ones."),
)
TOO_MANY = Trouble(
    429,
    _("That was too much at once"),
    _("More came from here in a minute than anybody types."),
    _("Wait half a minute, then go back and send it once more."),
)
WRONG_METHOD = Trouble(
    405,
    _("This does not work that way"),
    _("This address does not take that method. The header Allow names those it takes."),
)
OUR_FAULT = Trouble(
    500,
    _("Something broke here"),
    _("It is our fault, and it has been written down. Nothing of yours was half saved."),
    _("Try again in a minute."),
)
REFUSED_TITLE = _("That is not possible now")
REFUSED_MEND = _("Go back and look at how it stands now.")


def respond(request: HttpRequest, trouble: Trouble, reference: str = "") -> HttpResponse:
    """The page, or for htmx the toast, in the language of the request; to software as it reads errors there."""
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    answer = machine_answer(request)
    if answer is not None:
        with translation.override(language):
            return answer(request, trouble.status, str(trouble.said), reference)
    template = "ui/parts/toast.html" if request.headers.get("HX-Request") else "ui/error.html"
    with translation.override(language):
        page = render_to_string(
            template,
            {
                "shell": Shell(request),
                "title": trouble.title,
                "said": trouble.said,
                "mend": trouble.mend,
                "reference": reference,
                "back": _back(request),
                "kind": "error",
            },
        )
    return HttpResponse(page, status=trouble.status)


def refused(request: HttpRequest, message: str) -> HttpResponse:
    return respond(request, Trouble(409, REFUSED_TITLE, message, REFUSED_MEND))


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, NotTheirs):
        return respond(request, Trouble(403, NOT_PERMITTED.title, exception.message, NOT_PERMITTED.mend))
    return respond(request, NOT_PERMITTED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return respond(request, NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    is_large = isinstance(exception, (RequestDataTooBig, TooManyFilesSent))
    return respond(request, TOO_LARGE if is_large else BAD_REQUEST)


def too_many(request: HttpRequest) -> HttpResponse:
    return respond(request, TOO_MANY)


def wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What software is told where a page would be an empty one."""
    if machine_answer(request) is None:
        return response
    answer = respond(request, WRONG_METHOD)
    answer["Allow"] = response["Allow"]
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("csrf_refused", reason=reason.partition(" - ")[0])  # what follows quotes an address
    return respond(request, FORGED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled: the log gets it with the reference, the person the reference."""
    reference = new_reference()
    log.error("request_failed", reference=reference, method=request.method, exc_info=sys.exc_info())
    return respond(request, OUR_FAULT, reference)


def new_reference() -> str:
    """Eight signs that can be said on the telephone: "K7QM-29XF"."""
    signs = "".join(secrets.choice(READABLE) for _sign in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _back(request: HttpRequest) -> str:
    """The page that led here if it is ours, else the start."""
    referer = request.headers.get("Referer", "")
    try:
        here = request.build_absolute_uri()
    except DisallowedHost:  # it is the name of the host that was wrong
        return "/"
    if referer == here:
        return "/"
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if is_ours else "/"
