"""The API of the first version: one address for all modules, errors as RFC 9457 problems."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from jingwei.cases.public import api_router, intake_router
from jingwei.counter.public import routers as counter_routers
from jingwei.emergency.public import duty_router, emergency_router
from jingwei.kernel.public import NotPermitted, NotTheirs, Refused, opened
from jingwei.people.public import Member, authenticate_key, reach_of
from jingwei.publication.public import publicity_router
from jingwei.ui.public import register_machine_answer
from jingwei.worklists.public import worklists_router


class Key(HttpBearer):
    """A bearer key; the operation finds its holder in `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:  # noqa: ARG002 ninja's signature
        return authenticate_key(f"Bearer {token}")


PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "400": "The request cannot be read",
        "401": "No valid key",
        "403": "The key does not allow this here",
        "404": "There is no such thing within the areas of the key",
        "409": "Not possible now: the sentence says why, and what is",
        "412": "The case has changed since (If-Match)",
        "413": "Too large",
        "422": "Some fields cannot be read: `errors` names them",
        "429": "Too many requests at once: Retry-After says how long to wait",
    }
)
"""What any operation may answer. Those that need no key, or change nothing, leave out what cannot come."""


class Api(NinjaAPI):
    """An API whose description names every problem that its operations answer with."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        told = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, description in PROBLEMS.items():
                    answer = operation["responses"].setdefault(status, {"description": description, "content": {}})
                    answer["content"] |= told
        return schema


api = Api(
    title="Jingwei",
    version="1",
    description="Report cases, see what becomes of them, and move them on. Keys are given by the security officer.",
    docs_url=None,
    auth=Key(),
    urls_namespace="api-1",
)


def within_reach(operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation within one transaction that shows what is in the key's reach. What it refuses stays refused."""

    @wraps(operation)
    def reaching(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with opened(reach_of(request.auth)):  # type: ignore[attr-defined] # set by ninja
            return operation(request, *args, **kwargs)

    return reaching


for router in (api_router, emergency_router, duty_router, worklists_router, publicity_router, *counter_routers):
    router.add_decorator(within_reach)
    api.add_router("", router)
api.add_router("", intake_router)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _told(_request: HttpRequest, status: int, said: str, reference: str) -> HttpResponse:
    """What went wrong before an operation was found, or broke in one."""
    return problem(status, said, **({"reference": reference} if reference else {}))


register_machine_answer("/api/", _told)


@api.exception_handler(Refused)
def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(409, error.message)


@api.exception_handler(NotPermitted)
def _not_permitted(_request: HttpRequest, error: NotPermitted) -> HttpResponse:
    return problem(403, error.message if isinstance(error, NotTheirs) else _("The key does not allow this here."))


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def _absent(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(404, _("There is no such thing within the areas of the key."))


@api.exception_handler(AuthenticationError)
def _no_key(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = problem(401, _("Send a valid key: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(413, _("This is too large. Send less at once."))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"field": ".".join(map(str, fault["loc"][1:])), "detail": fault["msg"]} for fault in error.errors]
    return problem(422, _("Some fields cannot be read."), errors=faults)


@api.exception_handler(HttpError)
def _other(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))
