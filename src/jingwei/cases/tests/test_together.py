"""Several at once, on connections of their own: nothing is lost, nothing happens twice, nobody waits for ever."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.utils import translation

from jingwei.calendars.public import calendars
from jingwei.cases import actions, store
from jingwei.cases.docket import fold_counts
from jingwei.cases.life import Doing, Origin, begin
from jingwei.cases.models import Assignment, Case, DocketCount, DocketEntry, PendingReport, Report, Step
from jingwei.cases.testing import a_case, a_condition, a_draft, verbs_of
from jingwei.cases.tests.pages import a_jpeg
from jingwei.kernel.public import FactRow, NotPermitted, Refused, clock
from jingwei.people.testing import a_department, the_cast

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


@pytest.fixture
def cast():
    return the_cast()


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the "no" that it met; all begin at the same moment, each on its own connection."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(PATIENCE)
            with translation.override("en"):
                return work()
        except (Refused, NotPermitted) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [result.result(PATIENCE) for result in [pool.submit(run, work) for work in works]]


def refusals(results):
    return [result for result in results if isinstance(result, (Refused, NotPermitted))]


def recount():
    """The docket counted one by one, and the ledger summed up: the same, always."""
    entries = Counter(
        (entry.holder, entry.holder_id, entry.tray, clock.local(entry.due_at).date())
        for entry in DocketEntry.objects.all()
    )
    ledger = Counter()
    for line in DocketCount.objects.all():
        ledger[line.holder, line.holder_id, line.tray, line.due_on] += line.amount
    return entries, +ledger


def test_two_people_file_the_same_case_and_one_of_them_is_told(cast):
    case = a_case(cast=cast)
    condition = a_condition()

    def file(by):
        return lambda: actions.file_case(case, condition=condition, title=by.name, by=by)

    results = at_once(file(cast.community_officer), file(cast.grid_worker))

    assert len(refusals(results)) == 1
    assert verbs_of(case) == ["report", "file"]
    assert Case.objects.get(pk=case.pk).version == case.version + 1


def test_two_people_look_at_the_same_version_and_the_second_has_to_look_again(cast):
    case = a_case("filed", cast=cast)

    def send(words):
        return lambda: actions.escalate_case(case, words=words, by=cast.dispatcher, seen=case.version)

    results = at_once(send("one"), send("two"))

    (told,) = refusals(results)
    assert "Somebody else has changed" in told.message
    assert Case.objects.get(pk=case.pk).level == "district"


def test_two_dispatchers_send_it_out_once(cast):
    case = a_case("filed", cast=cast)
    parties = [cast.department, a_department(), a_department()]

    def send(party):
        return lambda: actions.dispatch_case(case, department=party, by=cast.dispatcher)

    results = at_once(*map(send, parties))

    assert len(refusals(results)) == 2
    assert Assignment.objects.filter(case=case).count() == 1
    entries, ledger = recount()
    assert entries == ledger


def test_steps_stand_in_the_order_in_which_they_were_made_and_no_stage_ends_before_it_begins(cast):
    case = a_case("filed", cast=cast)
    moves = [lambda: actions.escalate_case(case, words="Up", by=cast.dispatcher)] + [
        lambda: actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)
    ] * 3
    at_once(*moves)

    steps = list(Step.objects.filter(case=case).order_by("pk"))
    assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]
    assert all(stage.ended_at is None or stage.ended_at >= stage.started_at for stage in case.stages.all())


def test_the_same_report_from_several_threads_is_one_case(cast):
    draft = a_draft(cast.grid)
    answers = at_once(*[lambda: actions.report_case(draft, by=cast.resident)] * 4)

    assert Counter(str(answer.result) for answer in answers) == {"created": 1, "already": 3}
    assert len({answer.number for answer in answers}) == 1
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)
    assert FactRow.objects.filter(kind="case.moved").count() == 1


def test_batches_with_the_same_reports_are_each_answered_whole(cast):
    drafts = [a_draft(cast.grid, key=UUID(int=number)) for number in range(1, 60)]
    both = [drafts, drafts[::-1]] * 2
    results = at_once(*[lambda batch=batch: actions.report_cases(batch, by=cast.resident) for batch in both])

    assert Counter(str(answer.result) for answers in results for answer in answers) == {"created": 59, "already": 177}
    assert Case.objects.count() == 59
    entries, ledger = recount()
    assert entries == ledger


def test_the_same_reports_in_another_order_wait_for_each_other_and_lock_nobody_out(cast):
    def lives(numbers):
        doing = Doing(None, clock.now(), clock.now(), calendars())
        return [
            begin(Origin(id=UUID(int=number), code=cast.grid, channel="test", digest=b"", words="Out"), doing)
            for number in numbers
        ]

    def insert(some):
        def work():
            try:
                return store.insert(some, {})
            except IntegrityError:
                return None

        return work

    numbers = range(1, 301)
    results = at_once(
        *map(insert, [lives(numbers), lives(reversed(numbers)), lives(numbers), lives(reversed(numbers))])
    )

    assert sum(result is not None for result in results) == 1
    assert Report.objects.count() == 300


def test_folding_the_ledger_beside_reports_and_moves_keeps_every_sum(cast):
    cases = [a_case("filed", cast=cast) for _ in range(4)]
    drafts = [a_draft(cast.grid) for _ in range(12)]

    def report(some):
        return lambda: [actions.report_case(draft, by=cast.resident) for draft in some]

    def send_out():
        return [actions.dispatch_case(case, department=cast.department, by=cast.dispatcher) for case in cases]

    def fold():
        return [fold_counts() for _ in range(12)]

    results = at_once(report(drafts[:6]), report(drafts[6:]), send_out, fold, fold)

    assert not refusals(results)
    entries, ledger = recount()
    assert entries == ledger
    assert sum(entries.values()) == DocketEntry.objects.count() > 0


def test_a_form_that_comes_twice_begins_one_report(cast):
    key = UUID(int=7)

    def write():
        return actions.write_pending(key, browser="b" * 64, words="Out", category_code="", by=cast.resident)

    results = at_once(write, write, write)

    assert not refusals(results)
    assert PendingReport.objects.count() == 1


@pytest.mark.usefixtures("media")
def test_the_same_photo_twice_at_once_is_kept_once(cast):
    case, data = a_case(cast=cast), a_jpeg()
    results = at_once(*[lambda: actions.add_photo(case, data, by=cast.resident)] * 3)
    assert len({photo.pk for photo in results}) == 1
    assert case.photos.count() == 1
