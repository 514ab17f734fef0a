"""GeoReport v2 for other software: a view reads the request, asks one question or reports, and answers in its form."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from jingwei.cases.public import sent_by, steps_between
from jingwei.exchange.open311 import services as serving
from jingwei.exchange.open311.answers import Fault, Several, answer, fault_answer
from jingwei.exchange.open311.asking import MOST, Given, read_asked, read_period
from jingwei.exchange.open311.finding import followed, found, jurisdiction
from jingwei.exchange.open311.intake import take, take_update
from jingwei.exchange.open311.media import fetch_later
from jingwei.exchange.open311.telling import STEPS, told, told_updates
from jingwei.kernel.public import NOWHERE, Buckets, NotPermitted, Refused, clock, environment, opened
from jingwei.people.public import Member, VisitorRequest, authenticate_key, client_address, reach_of

MINUTE = 60.0
SECONDS_TO_WAIT = "30"
View = Callable[..., HttpResponse]


def told_by_form(view: View) -> View:
    """Faults in the form of the address; within one transaction that shows what is in the key's reach."""

    @never_cache
    @vary_on_headers("Accept-Language", "Authorization")
    @wraps(view)
    def telling(request: HttpRequest, form: str, **parts: str) -> HttpResponse:
        key = _key(request)
        if key is None and request.method != "POST" and not _reads().take(_subject(request)):
            slow = fault_answer(form, Fault(429, _("These are too many requests at once. Wait half a minute.")))
            slow["Retry-After"] = SECONDS_TO_WAIT
            return slow
        try:
            with opened(reach_of(key) if key else NOWHERE):
                return view(request, form, key=key, **parts)
        except Fault as fault:
            return fault_answer(form, fault)
        except Refused as no:
            return fault_answer(form, Fault(400, no.message))
        except NotPermitted:
            return fault_answer(form, Fault(403, _("The key does not allow this here.")))

    return telling


@lru_cache(maxsize=1)
def _reads() -> Buckets:
    """For whoever asks without a key."""
    most = environment().public_reads_per_minute
    return Buckets(most, most / MINUTE)


def _subject(request: HttpRequest) -> str:
    member = cast(VisitorRequest, request).member
    return f"member {member.pk}" if member else client_address(request)


def _given(request: HttpRequest) -> Given:
    """The parameters of a question or a form, each as it came first."""
    given = request.POST if request.method == "POST" else request.GET
    found = {name: given.getlist(name)[0] for name in given}
    if any("\0" in text for text in found.values()):
        raise Fault(400, _("A parameter holds characters that no text has."))
    return found


def _key(request: HttpRequest) -> Member | None:
    """Who holds the key: in `api_key`, or in the header where it does not end up in logs."""
    header = request.headers.get("Authorization")
    given = (request.POST if request.method == "POST" else request.GET).get("api_key", "")
    return authenticate_key(header or (f"Bearer {given}" if given else None))


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@require_safe
@told_by_form
def discovery(request: HttpRequest, form: str, *, key: Member | None) -> HttpResponse:  # noqa: ARG001
    return answer(form, "discovery", serving.discovery(_base(request), clock.now()))


@require_safe
@told_by_form
def services(request: HttpRequest, form: str, *, key: Member | None) -> HttpResponse:  # noqa: ARG001
    jurisdiction(_given(request).get("jurisdiction_id", ""))
    return answer(form, "services", serving.service_list())


@require_safe
@told_by_form
def service(request: HttpRequest, form: str, *, key: Member | None, code: str) -> HttpResponse:  # noqa: ARG001
    jurisdiction(_given(request).get("jurisdiction_id", ""))
    return answer(form, "service_definition", serving.definition(code))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
def requests(request: HttpRequest, form: str, *, key: Member | None) -> HttpResponse:
    """GET: those that are asked for. POST: a new one."""
    if request.method == "POST":
        return _post(request, form, key)
    given = _given(request)
    spans = jurisdiction(given.get("jurisdiction_id", ""))
    return answer(form, "service_requests", told(found(read_asked(given, clock.now()), spans, key), _base(request)))


def _post(request: HttpRequest, form: str, key: Member | None) -> HttpResponse:
    key = _reporting(key)
    given = _given(request)
    jurisdiction(given.get("jurisdiction_id", ""))
    files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    body = repr(sorted(given.items())).encode() + b"".join(str(file.size).encode() for file in files)
    taken, report_id = take(given, files, body=body, repeat_key=request.headers.get("Idempotency-Key", ""), by=key)
    fetch_later(request.POST.getlist("media_url"), taken, by=key)
    one = {"service_request_id": taken.number, "token": str(report_id), "service_notice": None, "account_id": None}
    return answer(form, "service_requests", Several("request", [one]), 201)


@require_safe
@told_by_form
def one_request(request: HttpRequest, form: str, *, key: Member | None, number: str) -> HttpResponse:
    given = _given(request)
    spans = jurisdiction(given.get("jurisdiction_id", ""))
    cases = found(read_asked({"service_request_id": number}, clock.now()), spans, key)
    if not cases:
        raise Fault(404, _("service_request_id %(number)s was not found.") % {"number": number})
    return answer(form, "service_requests", told(cases, _base(request)))


@require_safe
@told_by_form
def token(request: HttpRequest, form: str, *, key: Member | None, token: str) -> HttpResponse:
    """The number behind a token, for the key that got it."""
    jurisdiction(_given(request).get("jurisdiction_id", ""))
    try:
        wanted = UUID(token)
    except ValueError:
        wanted = None
    case = sent_by(key.pk).filter(reports__pk=wanted).first() if key and wanted else None
    if case is None:
        raise Fault(404, _("token %(token)s was not found.") % {"token": token})
    one = {"service_request_id": case.number, "token": str(wanted)}
    return answer(form, "service_requests", Several("request", [one]))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
def updates(request: HttpRequest, form: str, *, key: Member | None) -> HttpResponse:
    """GET: what has happened to requests, the earliest first. POST: what the reporter says since."""
    given = _given(request)
    spans = jurisdiction(given.get("jurisdiction_id", ""))
    if request.method == "POST":
        one = {"update_id": take_update(given, by=_reporting(key))}
        return answer(form, "service_request_updates", Several("request_update", [one]), 201)
    period = read_period(given, clock.now())
    rows = steps_between(followed(spans, key), *period, STEPS)[:MOST]
    return answer(form, "service_requests_updates", told_updates(list(rows)))


def _reporting(key: Member | None) -> Member:
    if key is None:
        raise Fault(403, _("Missing or invalid API key."))
    return key
