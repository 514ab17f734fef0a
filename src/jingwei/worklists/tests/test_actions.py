"""The loop of five levels: assign, collect, report up, sort and handle, report back and strike off."""

from datetime import timedelta

import pytest

from jingwei.attachments.testing import a_jpeg
from jingwei.cases.public import Case, Photo, words_of_report
from jingwei.cases.testing import MONDAY
from jingwei.kernel.public import FactRow, NotPermitted, Refused
from jingwei.notices.public import Notice
from jingwei.people.public import arrange_absence
from jingwei.people.testing import a_department, a_holder, check_both_faces
from jingwei.places.public import codes
from jingwei.worklists import actions
from jingwei.worklists.actions import Given, Office
from jingwei.worklists.models import Answer, Item, Step, Task, WorkList
from jingwei.worklists.rules import Kind, NewItem, Status
from jingwei.worklists.telling import remind
from jingwei.worklists.testing import HOUR, a_list, answers, reported, the_task

pytestmark = pytest.mark.django_db
LATER = MONDAY + 2 * HOUR


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("text", flat=True))


def test_a_list_goes_to_every_grid_of_its_areas(cast):
    row = a_list(cast)

    assert [task.code for task in row.tasks.order_by("code")] == [cast.grid, cast.grid + codes.Level.GRID.step]
    assert [item.title for item in row.items.all()] == [
        "Is the door free?", "How many doors?", "What stands in the way?",
    ]  # fmt: skip
    assert told(cast.grid_worker) == ["worklists.issued"]
    assert told(cast.grid_leader) == ["worklists.issued"], "nobody works in the second grid: its leader is told"


def test_the_whole_loop_ends_the_list(cast):
    row = a_list(cast, areas=[cast.grid])
    task = reported(row, cast)
    actions.accept_task(task, by=cast.community_officer, now=LATER)

    actions.strike_off_task(task, by=cast.department_lead, now=LATER + HOUR)

    row.refresh_from_db()
    assert (row.stage, row.ended_at) == ("done", LATER + HOUR)
    assert [step.verb for step in Step.objects.filter(task=task)] == ["report", "accept", "strike_off"]
    assert told(cast.community_officer) == ["worklists.reported"]
    assert told(cast.department_lead) == ["worklists.sorted"]
    kinds = FactRow.objects.filter(kind__startswith="worklists.").order_by("pk").values_list("data__verb", flat=True)
    assert list(kinds) == ["issued", "report", "accept", "strike_off", "done"]


def test_a_list_goes_on_while_a_grid_is_open(cast):
    row = a_list(cast)
    task = reported(row, cast)
    actions.accept_task(task, by=cast.community_officer, now=LATER)

    actions.strike_off_task(task, by=cast.department_lead, now=LATER)

    row.refresh_from_db()
    assert row.stage == "open"


def test_what_is_missing_is_named_and_nothing_is_reported(cast):
    row = a_list(cast)
    task = the_task(row, cast)

    with pytest.raises(Refused, match="How many doors"):
        actions.report_task(task, answers(row, "Yes"), by=cast.grid_worker, now=MONDAY)

    task.refresh_from_db()
    assert task.status == Status.ASSIGNED


def test_half_an_answer_is_kept_until_the_rest_is_there(cast):
    row = a_list(cast)
    task = the_task(row, cast)
    actions.keep_answers(task, answers(row, "Yes"), by=cast.grid_worker, now=MONDAY)

    actions.report_task(task, answers(row, "Yes", "3.0"), by=cast.grid_worker, now=MONDAY)

    assert list(Answer.objects.filter(task=task).order_by("item__place").values_list("text", flat=True)) == [
        "Yes",
        "3.0",
    ]


def test_a_photo_is_needed_where_the_list_asks_for_one(cast, media):
    row = a_list(cast, items=[NewItem("The door", Kind.PHOTO)])
    task, item = the_task(row, cast), Item.objects.get(work_list=row)
    with pytest.raises(Refused, match="The door"):
        actions.report_task(task, {item.pk: Given("it is fine")}, by=cast.grid_worker, now=MONDAY)

    actions.report_task(task, {item.pk: Given(photo=a_jpeg())}, by=cast.grid_worker, now=MONDAY)

    assert (media / Answer.objects.get(task=task).file).is_file()


def test_a_new_photo_takes_the_place_of_the_old_one(cast, media, django_capture_on_commit_callbacks):
    row = a_list(cast, items=[NewItem("The door", Kind.PHOTO)])
    task, item = the_task(row, cast), Item.objects.get(work_list=row)
    actions.keep_answers(task, {item.pk: Given(photo=a_jpeg())}, by=cast.grid_worker, now=MONDAY)
    old = Answer.objects.get(task=task).file

    with django_capture_on_commit_callbacks(execute=True):
        actions.keep_answers(task, {item.pk: Given(photo=a_jpeg("navy"))}, by=cast.grid_worker, now=MONDAY)

    assert not (media / old).exists()
    assert (media / Answer.objects.get(task=task).file).is_file()


def test_what_was_sent_back_says_why_and_is_answered_again(cast):
    row = a_list(cast)
    task = reported(row, cast)
    with pytest.raises(Refused, match="reason"):
        actions.send_back_task(task, reason=" ", by=cast.community_officer, now=LATER)

    actions.send_back_task(task, reason="Which floor?", by=cast.community_officer, now=LATER)

    assert Step.objects.get(task=task, verb="send_back").words == "Which floor?"
    assert told(cast.grid_worker) == ["worklists.issued", "worklists.sent_back"]
    assert (
        actions.report_task(task, answers(row, "No", "4", "2nd"), by=cast.grid_worker, now=LATER).status == "reported"
    )


def test_the_office_returns_what_does_not_content_it(cast):
    task = reported(a_list(cast), cast)
    actions.accept_task(task, by=cast.community_officer, now=LATER)

    back = actions.return_task(task, reason="No photo", by=cast.department_lead, now=LATER)

    assert back.status == Status.REPORTED
    assert "worklists.returned" in told(cast.community_officer)


def test_an_answer_becomes_one_case_however_often_it_is_asked(cast, media):
    row = a_list(cast)
    task, item = the_task(row, cast), row.items.first()
    actions.keep_answers(task, {item.pk: Given("No", a_jpeg())}, by=cast.grid_worker, now=MONDAY)
    answer = Answer.objects.get(task=task)

    first = actions.raise_answer(answer, by=cast.community_officer, now=MONDAY)
    second = actions.raise_answer(answer, by=cast.grid_worker, now=MONDAY)

    assert first == second
    assert (Case.objects.get().code, first.channel) == (cast.grid, "worklist")
    assert words_of_report(first.pk) == "Is the door free?: No (work list “Fire doors”)"
    assert Photo.objects.get(case=first).member == cast.grid_worker, "whose picture it is, whoever made the case"


def test_a_withdrawn_list_is_off_the_grids(cast):
    row = a_list(cast)
    task = reported(row, cast)

    actions.withdraw_list(row, reason="Done by another office", by=cast.department_lead, now=LATER)

    assert set(row.tasks.values_list("status", flat=True)) == {Status.WITHDRAWN}
    with pytest.raises(Refused, match="Withdrawn"):
        actions.accept_task(task, by=cast.community_officer, now=LATER)
    with pytest.raises(Refused, match="ended"):
        actions.withdraw_list(row, reason="Again", by=cast.department_lead, now=LATER)
    assert told(cast.grid_worker) == ["worklists.issued"], "it had reported already"
    assert "worklists.withdrawn" in told(cast.grid_leader)


def test_each_move_is_its_levels_own(cast):
    row = a_list(cast)
    task = the_task(row, cast)
    given = answers(row, "Yes", "1")
    for other in (cast.community_officer, cast.department_lead, cast.resident, cast.department_handler):
        with pytest.raises(NotPermitted):
            actions.report_task(task, given, by=other, now=MONDAY)
    task = reported(row, cast)
    for other in (cast.grid_worker, cast.department_lead, cast.leader):
        with pytest.raises(NotPermitted):
            actions.accept_task(task, by=other, now=LATER)
    actions.accept_task(task, by=cast.dispatcher, now=LATER)
    for other in (cast.grid_worker, cast.community_officer, cast.dispatcher, cast.department_handler):
        with pytest.raises(NotPermitted):
            actions.strike_off_task(task, by=other, now=LATER)


def test_the_street_asks_in_its_own_name(cast):
    row = a_list(cast, by=cast.dispatcher, office=Office(cast.street))
    task = reported(row, cast)
    actions.accept_task(task, by=cast.community_officer, now=LATER)

    with pytest.raises(NotPermitted):
        actions.strike_off_task(task, by=cast.department_lead, now=LATER)

    assert actions.strike_off_task(task, by=cast.dispatcher, now=LATER).status == Status.DONE


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": " "}, "title"),
        ({"items": []}, "one item"),
        ({"items": [NewItem("Door", Kind.CHOICE, ("Yes",))]}, "different choices"),
        ({"items": [NewItem("Door", Kind.CHOICE, ("Yes", "Yes"))]}, "different choices"),
        ({"items": [NewItem("Door", Kind.TEXT, ("Yes", "No"))]}, "Only a choice"),
        ({"items": [NewItem("Door", "smell")]}, "expected"),
        ({"due_on": MONDAY.date() - timedelta(days=2)}, "passed"),
        ({"areas": []}, "areas"),
        ({"areas": [codes.make(990102)]}, "areas"),
    ],
)
def test_a_list_that_cannot_be_answered_is_refused(cast, change, why):
    with pytest.raises(Refused, match=why):
        a_list(cast, **change)
    assert not WorkList.objects.exists()


def test_nobody_asks_in_the_name_of_another_office(cast):
    other = a_department(code=cast.street)

    with pytest.raises(NotPermitted):
        a_list(cast, office=Office(cast.street, other))
    with pytest.raises(NotPermitted):
        a_list(cast, office=Office(cast.street))


def test_whoever_stands_in_answers_for_the_grid(cast):
    stand_in = a_holder("grid_worker", cast.grid + codes.Level.GRID.step)
    today = MONDAY.date()
    arrange_absence(
        cast.grid_worker,
        kind="leave",
        begins_on=today,
        ends_on=today + timedelta(days=3),
        delegate=stand_in,
        by=None,
        now=MONDAY,
    )
    a_list(cast)

    assert told(stand_in) == ["worklists.issued"]
    assert not told(cast.grid_worker)


def test_grids_are_reminded_on_the_day_and_once_after_it(cast):
    row = a_list(cast, areas=[cast.grid])
    due = MONDAY + timedelta(days=7)

    assert remind(MONDAY) == 0
    for day in (due, due, due + timedelta(days=1), due + timedelta(days=2)):
        assert remind(day) == 1

    assert told(cast.grid_worker) == ["worklists.issued", "worklists.due", "worklists.late"]
    reported(row, cast)
    assert remind(due + timedelta(days=3)) == 0


@pytest.mark.parametrize(
    ("permit", "model"),
    [
        ("worklists.run", WorkList),
        ("worklists.see_list", WorkList),
        ("worklists.decide", Task),
        ("worklists.answer", Task),
        ("worklists.sort", Task),
        ("worklists.see", Task),
    ],
)
def test_permits_have_two_faces(cast, permit, model):
    a_list(cast)
    a_list(cast, by=cast.dispatcher, office=Office(cast.street))
    everyone = [value for value in vars(cast).values() if hasattr(value, "posts")]

    held, refused = check_both_faces(permit, model, everyone)

    assert held
    assert refused
