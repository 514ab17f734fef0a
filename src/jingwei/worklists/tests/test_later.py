"""What becomes of tasks when areas change, of lists when offices close, and of words when years go by."""

from datetime import timedelta

import pytest

from jingwei.cases.testing import MONDAY
from jingwei.kernel.public import NOWHERE, Refused, opened
from jingwei.notices.public import Notice
from jingwei.people.public import close_department, end_posting, load_member, reach_of
from jingwei.people.testing import a_department, a_holder
from jingwei.places.public import Moment, Moved, codes
from jingwei.worklists import actions
from jingwei.worklists.models import Answer, Step, Task
from jingwei.worklists.retention import forget_words, with_words
from jingwei.worklists.testing import HOUR, a_list, answers, reported, the_task
from jingwei.worklists.zones import OpenTasks

pytestmark = pytest.mark.django_db
STEP = codes.Level.GRID.step
MOMENT = Moment(change_id=1, on=MONDAY.date(), by=None, at=MONDAY)


def moved(*things):
    """Whoever makes the change sees none of the answers."""
    with opened(NOWHERE):
        OpenTasks().move([Moved(task.pk, task.code, new) for task, new in things], MOMENT)


def codes_of(row):
    return sorted(row.tasks.values_list("code", flat=True))


def test_each_part_of_a_split_grid_has_the_task(cast):
    row = a_list(cast, areas=[cast.grid])

    moved((the_task(row, cast), (cast.grid + 5 * STEP, cast.grid + 6 * STEP)))

    assert codes_of(row) == [cast.grid + 5 * STEP, cast.grid + 6 * STEP]


def test_what_was_answered_stays_one_and_goes_along_with_its_words(cast):
    row = a_list(cast, areas=[cast.grid])
    task = reported(row, cast)

    moved((task, (cast.grid + 5 * STEP, cast.grid + 6 * STEP)))

    assert codes_of(row) == [cast.grid + 5 * STEP]
    assert set(Answer.objects.values_list("code", flat=True)) == {cast.grid + 5 * STEP}
    assert set(Step.objects.values_list("code", flat=True)) == {cast.grid + 5 * STEP}


def test_merged_grids_are_asked_once_and_lose_no_answer(cast):
    row = a_list(cast)
    mine, other = row.tasks.order_by("code")
    actions.keep_answers(mine, answers(row, "Yes"), by=cast.grid_worker, now=MONDAY)

    moved((mine, (cast.grid + 5 * STEP,)), (other, (cast.grid + 5 * STEP,)))

    assert list(row.tasks.values_list("pk", flat=True)) == [mine.pk]
    assert Answer.objects.get().code == cast.grid + 5 * STEP


def test_struck_off_tasks_keep_the_code_of_their_day(cast):
    task = reported(a_list(cast), cast)
    Task.objects.filter(pk=task.pk).update(status="done")

    found = OpenTasks().things([codes.span(cast.community)], MONDAY.date())

    assert [thing.spot.code for thing in found] == [cast.grid + STEP]


def test_an_office_that_closes_gives_its_lists_under_way_to_another(cast):
    row, ended = a_list(cast), a_list(cast)
    actions.withdraw_list(ended, reason="Twice", by=cast.department_lead, now=MONDAY)
    task = actions.accept_task(reported(row, cast), by=cast.community_officer, now=MONDAY + HOUR)
    office = a_department(code=cast.street)
    lead = a_holder("department_lead", office)
    for posting in cast.department.postings.all():
        end_posting(posting, by=None)
    administrator = a_holder("administrator", cast.street - cast.street % 10**12)
    with pytest.raises(Refused, match="1 pieces of work lie with it"):
        close_department(cast.department, by=administrator)

    with opened(reach_of(administrator)):  # who sees none of the answers
        close_department(cast.department, successor=office, by=administrator)

    assert set(Answer.objects.values_list("department", flat=True)) == {office.pk}
    assert set(Step.objects.values_list("department", flat=True)) == {office.pk}
    assert Notice.objects.filter(text="worklists.passed").count() == 1
    actions.strike_off_task(task, by=load_member(lead.pk), now=MONDAY + 2 * HOUR)
    ended.refresh_from_db()
    assert ended.department == cast.department


def test_words_go_a_year_after_the_end_and_choices_stay(cast):
    row = a_list(cast, areas=[cast.grid])
    task = reported(row, cast)
    actions.send_back_task(task, reason="Which floor?", by=cast.community_officer, now=MONDAY + HOUR)
    actions.withdraw_list(row, reason="Done", by=cast.department_lead, now=MONDAY + 2 * HOUR)
    year = MONDAY + timedelta(days=366)

    assert list(forget_words(MONDAY + timedelta(days=360))) == []
    assert list(forget_words(year)) == [1]

    assert list(Answer.objects.order_by("item__place").values_list("text", flat=True)) == ["No", "4", ""]
    assert not Step.objects.exclude(words="").exists()
    assert not with_words(year).exists()
