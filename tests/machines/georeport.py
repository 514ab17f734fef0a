"""The addresses of Open311 as its guide has them, in the form of OpenAPI."""

from typing import Any

FORMS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
TEXT = {"type": "string", "maxLength": 60}
QUERY = (
    "jurisdiction_id", "service_request_id", "service_code", "status", "start_date", "end_date", "updated_after",
    "updated_before", "bbox", "lat", "long", "radius", "page", "page_size",
)  # fmt: skip
FIELDS = (
    "service_code", "description", "lat", "long", "address_string", "address_id", "first_name", "last_name", "phone",
    "attribute[CONDITION]", "media_url",
)  # fmt: skip
PATHS = {
    "/open311/discovery": (), "/open311/v2/discovery": (), "/open311/v2/services": (),
    "/open311/v2/services/{code}": ("code",), "/open311/v2/requests": (), "/open311/v2/requests/{number}": ("number",),
    "/open311/v2/tokens/{token}": ("token",), "/open311/v2/servicerequestupdates": (),
}  # fmt: skip


def description() -> dict[str, Any]:
    """Every address in both forms, with what it takes and what it may answer."""
    paths: dict[str, Any] = {}
    for path, parts in PATHS.items():
        for form in FORMS:
            operations = {"get": _operation(form, parts, ("200", "400", "404", "429"), query=QUERY)}
            if path.endswith("/requests"):
                operations["post"] = _operation(form, parts, ("201", "400", "403", "404", "413", "429"), body=FIELDS)
            paths[f"{path}.{form}"] = operations
    return {"openapi": "3.1.0", "info": {"title": "GeoReport", "version": "2"}, "paths": paths}


def _operation(form, parts, statuses, query=(), body=()):
    told = {"content": {FORMS[form]: {"schema": {}}}, "description": "As the standard has it"}
    given = [{"in": "path", "name": one, "required": True, "schema": _word()} for one in parts]
    given += [{"in": "query", "name": one, "schema": TEXT} for one in query]
    operation = {"parameters": given, "responses": dict.fromkeys(statuses, told)}
    if body:
        fields = {"type": "object", "properties": dict.fromkeys(body, TEXT)}
        operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": fields}}}
    return operation


def _word():
    return {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,20}$"}
