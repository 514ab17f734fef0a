"""Run by today's code on the upgraded data: cases replayed from their steps, and a sign-in. Prints JSON."""

import json
import sys
from types import SimpleNamespace

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from jingwei.calendars.public import calendars  # noqa: E402
from jingwei.cases.models import Case, Condition, Step  # noqa: E402
from jingwei.cases.testing import replayed  # noqa: E402
from jingwei.kernel.public import environment  # noqa: E402
from jingwei.kernel.reach import WHOLE, opened  # noqa: E402

FIELDS = ("status", "level", "outcome", "version")


def differing() -> tuple[int, list[str]]:
    """How many cases were lived again, and those that came out otherwise."""
    conditions = {row.pk: row for row in Condition.objects.select_related("category")}
    steps: dict[object, list[Step]] = {}
    for step in Step.objects.order_by("pk"):
        steps.setdefault(step.case_id, []).append(step)
    wrong, known = [], calendars()
    for case in Case.objects.filter(pk__in=steps):
        again = replayed(SimpleNamespace(fresh=steps[case.pk], case=case), conditions, known).case
        if [getattr(again, name) for name in FIELDS] != [getattr(case, name) for name in FIELDS]:
            wrong.append(case.number)
    return len(steps), wrong


def signed_in() -> int:
    """What the password of the demo's dispatcher is answered with."""
    settings.ALLOWED_HOSTS = ["testserver"]
    logins = json.loads((environment().home / "demo-logins.json").read_text("utf-8"))["logins"]
    desk = logins["desk"]
    answer = Client().post(reverse("people:sign-in"), {"username": desk["name"], "password": desk["password"]})
    return answer.status_code


with opened(WHOLE):
    lived, wrong = differing()
json.dump({"lived": lived, "differing": wrong[:5], "sign_in": signed_in()}, sys.stdout)
