"""Requests made up from the descriptions: none breaks anything, and none is answered in a way that is not described."""

from collections import Counter

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jingwei.cases.testing import a_case
from jingwei.config.api import api
from jingwei.people.testing import a_key, the_cast
from jingwei.places.testing import an_area
from jingwei.publication.testing import published
from tests.machines.georeport import description

pytestmark = pytest.mark.django_db
LENGTH_AND_TYPE = {"content-length", "content-type"}
DUTIES = [
    "cases.report", "cases.see", "cases.contact", "cases.file", "cases.answer", "cases.dispatch", "cases.handle",
    "cases.check", "cases.alarm", "worklists.issue", "worklists.answer", "worklists.sort", "emergency.manage",
    "counter.take", "counter.import", "counter.scripts",
]  # fmt: skip
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
QUICK = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def street(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cast = the_cast()
    an_area(cast.grid)
    for status in ("filed", "in_hand", "closed"):
        published(a_case(status, cast=cast))
    return cast


@pytest.fixture
def ours(street):
    return schemathesis.openapi.from_dict(Client().get("/api/v1/openapi.json").json())


@pytest.fixture
def open311(street):
    return schemathesis.openapi.from_dict(description())


def made_up(schema, key):
    """Ask every operation a few made-up questions, well-formed ones and others; how many operations there are."""
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                _ask(operation.as_strategy(generation_mode=mode), key)
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE  # an operation that takes nothing cannot be asked wrongly
    return len(operations)


def _answered(case, key):
    """What Django's own client gets, as schemathesis reads it: its transport would close the test's connection."""
    given = case.as_transport_kwargs(base_url="http://testserver")
    names = ("method", "url", "headers", "params", "data", "json", "files", "cookies")
    prepared = requests.Request(**{name: given[name] for name in names if name in given}).prepare()
    headers = {name: value for name, value in prepared.headers.items() if name.lower() not in LENGTH_AND_TYPE}
    body = prepared.body or b""
    got = Client(raise_request_exception=False).generic(
        prepared.method,
        prepared.path_url,
        body.encode() if isinstance(body, str) else body,
        prepared.headers.get("Content-Type", "application/octet-stream"),
        headers={**headers, "Authorization": key},
    )
    return Response(
        status_code=got.status_code,
        headers={name: [value] for name, value in got.headers.items()},
        content=b"".join(got.streaming_content) if got.streaming else got.content,
        request=prepared,
        elapsed=0.0,
        verify=False,
        message=got.reason_phrase,
        encoding="utf-8",
    )


def _ask(strategy, key):
    @QUICK
    @given(case=strategy)
    def ask(case):
        case.validate_response(_answered(case, key), checks=CHECKS)

    ask()


def test_the_api_answers_as_it_says(ours, street):
    assert made_up(ours, a_key(DUTIES, [street.street])) > 12


def test_open311_answers_as_the_standard_says(open311, street):
    assert made_up(open311, a_key(DUTIES, [street.street])) > 12


def test_every_operation_is_described_with_its_problems():
    described = api.get_openapi_schema(path_prefix="")["paths"]
    assert len(described) > 12
    for operations in described.values():
        for operation in operations.values():
            assert {"401", "404", "409", "422"} <= set(map(str, operation["responses"]))


def test_each_description_has_a_name_of_its_own():
    """The document keeps one description for each name: of two it would show the later, and be wrong of the other."""
    described = api.get_openapi_schema(path_prefix="")["components"]["schemas"]
    names = Counter(one.__name__ for one in _schemas(Schema) if one.__module__.startswith("jingwei."))
    assert [name for name in described if names[name] > 1] == []


def _schemas(base):
    for one in base.__subclasses__():
        yield one
        yield from _schemas(one)
