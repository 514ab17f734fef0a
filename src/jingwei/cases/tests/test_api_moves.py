"""Every move as other software makes it: once as it should be, once by a key that may not."""

import json
from datetime import datetime

import pytest
from django.utils import translation

from jingwei.cases.api_moves import VERBS, MoveIn
from jingwei.cases.models import Case, Report
from jingwei.cases.testing import verbs_of
from jingwei.cases.tests.ways import LATER, WAYS
from jingwei.cases.whose import DUTIES, whose
from jingwei.kernel.public import clock
from jingwei.people.public import Department, Member
from jingwei.people.testing import a_key, the_cast

pytestmark = pytest.mark.django_db
KEYS = {"cases.see"} | {duty for duties in DUTIES.values() for duty in duties if duty.startswith("cases.")}
"""All that the moves take."""
NAMES = {"lead": "department", "others": "assistants", "add": "assistants", "into": "other", "children": "others"}
"""Fields of the body by what the actions call them, where that is not the same."""


def as_body(given):
    """What an action is given, as the API takes it."""
    body = {}
    for name, value in given.items():
        if name == "condition":
            body |= {"category": value.category.code, "condition": value.number}
        elif name != "by":
            body[NAMES.get(name, name)] = _plain(value)
    return body


def _plain(value):
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Department):
        return value.pk
    if isinstance(value, Case):
        return value.number
    return value.isoformat() if isinstance(value, datetime) else value


def post(client, key, case, verb, body):
    with clock.frozen(LATER):
        return client.post(
            f"/api/v1/cases/{case.number}/moves/{verb}",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": key, "Accept-Language": "en"},
        )


def place_of(member, cast):
    """Where whoever makes the move works: a department's people do at its street."""
    return next((post.first for post in member.posts if post.has_area), cast.street)


@pytest.mark.parametrize("verb", VERBS)
def test_each_move_is_made_with_a_key_that_may_and_refused_to_one_that_may_not(client, verb):
    cast = the_cast()
    ready = WAYS[verb](cast)
    (case,), body = ready.args, as_body(ready.keywords)
    assert body.keys() <= MoveIn.model_fields.keys()

    looking = post(client, a_key(["cases.see"], [cast.street]), case, verb, body)
    assert looking.status_code == 403
    assert looking["Content-Type"] == "application/problem+json"
    looker, case = Member.objects.latest("pk"), Case.objects.get(pk=case.pk)
    with translation.override("en"):
        assert looking.json()["detail"] == whose(verb, case, looker) != ""
    assert verbs_of(case).count(verb) == 0

    key = a_key(KEYS, [place_of(ready.keywords["by"], cast)])
    if verb in {"withdraw", "rate"}:  # those of whoever reported it
        Report.objects.filter(case=case).update(member=Member.objects.latest("pk"))
    made = post(client, key, case, verb, body)
    assert made.status_code == 200, made.content
    case.refresh_from_db()
    assert verbs_of(case).count(verb) == 1
    assert made.json()["status"] == case.status
    assert made["ETag"] == f'"{case.version}"'


def test_the_description_names_every_move(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    [verb] = [
        one for one in paths["/api/v1/cases/{number}/moves/{verb}"]["post"]["parameters"] if one["name"] == "verb"
    ]
    assert verb["schema"]["enum"] == list(VERBS)
    assert set(VERBS) == set(WAYS)
