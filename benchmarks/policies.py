"""What row security costs at 1,000,000 reports: each question within a reach, beside the same without policies.

Both go through the platform, on one connection: once as the web process within the reach of whoever asks, once as the
owner of the tables, whom no policy binds.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection
from django.db.transaction import atomic

from benchmarks import city
from benchmarks.harness import Bench, side_by_side
from jingwei.cases import desk
from jingwei.cases.desk import QUEUES, Holder
from jingwei.cases.matters import matters
from jingwei.cases.models import Case, Report, Words
from jingwei.cases.progress import read_record
from jingwei.kernel.public import WEB, allowed_first, clock, opened
from jingwei.kernel.testing import acting_as
from jingwei.people.public import Member, reach_of
from jingwei.people.testing import a_holder, a_resident

TIMES, ROUNDS = 40, 7
MANY = 500
PAGE = 50
OWN = 20


def run(bench: Bench) -> None:
    departments = city.lay_out()
    city.grow(departments, city.LARGE)
    dispatcher = a_holder("dispatcher", city.street())
    handler = a_holder("department_handler", departments[0])
    resident = reporter()
    now = clock.now()
    near = cases_of(Holder("a", city.street()))
    in_hand = cases_of(Holder("d", departments[0].pk))
    questions: dict[str, tuple[Member, Callable[[], object]]] = {
        "words_of_a_case": (dispatcher, lambda: list(Words.objects.filter(case_id=near[0]))),
        "report_of_a_case": (dispatcher, lambda: list(Report.objects.filter(case_id=near[0]).select_related("member"))),
        "words_of_many_cases": (dispatcher, lambda: list(Words.objects.filter(case_id__in=near))),
        "words_of_a_case_in_hand": (handler, lambda: list(Words.objects.filter(case_id=in_hand[0]))),
        "words_of_many_cases_in_hand": (handler, lambda: list(Words.objects.filter(case_id__in=in_hand))),
        "own_matters": (resident, partial(matters, resident, now=now)),
        "sheet_of_a_case": (dispatcher, partial(read_record, Case.objects.get(pk=near[0]), now)),
        "queue_of_a_street": (
            dispatcher,
            partial(desk.page, Holder("a", city.street()), QUEUES["a"]["all"], now=now, limit=PAGE),
        ),
    }
    for name, (member, question) in questions.items():
        guarded, plain = side_by_side(*both(member, question), times=ROUNDS)
        told: dict[str, Any] = {"value": guarded / TIMES * 1e3, "baseline": plain / TIMES * 1e3}
        bench.report(name=f"policies.{name}", unit="ms", goal=1.5, at_most=True, **told)
    permission_list(bench, dispatcher)


def reporter() -> Member:
    """A resident who reported some of the cases."""
    resident = a_resident()
    Report.objects.filter(pk__in=list(Report.objects.values_list("pk", flat=True)[:OWN])).update(member=resident)
    return resident


def cases_of(holder: Holder) -> list[Any]:
    return [
        entry.case_id for entry in desk.page(holder, QUEUES[holder.kind]["all"], now=clock.now(), limit=MANY).entries
    ]


def both(member: Member, question: Callable[[], object]) -> tuple[Callable[[], None], Callable[[], None]]:
    """The question asked many times: within the member's reach, and without policies."""

    def within() -> None:
        with acting_as(WEB), opened(reach_of(member)):
            again(question)

    def without() -> None:
        with acting_as("none"), atomic():
            again(question)

    return within, without


def again(question: Callable[[], object]) -> None:
    for _ in range(TIMES):
        question()


def permission_list(bench: Bench, member: Member) -> None:
    """The newest cases that somebody may see, out of a million, beside a page of their docket."""

    def newest() -> list[Case]:
        return list(allowed_first(member, "cases.list", Case.objects.newest(), PAGE + 1))

    docket = partial(desk.page, Holder("a", city.street()), QUEUES["a"]["all"], now=clock.now(), limit=PAGE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM case_case")
        assert cursor.fetchone() == (city.LARGE,)
    listed, paged = side_by_side(both(member, newest)[0], both(member, docket)[0], times=ROUNDS)
    told: dict[str, Any] = {"value": listed / TIMES * 1e3, "baseline": paged / TIMES * 1e3}
    bench.report(name="policies.permission_list_beside_docket", unit="ms", goal=1.0, at_most=True, **told)
