"""The pages of work lists, in the field and at the desk."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from jingwei.cases.public import Case
from jingwei.kernel.public import clock, opened
from jingwei.people.public import Read, reach_of
from jingwei.people.testing import a_department, a_holder, let_in
from jingwei.places.public import codes
from jingwei.worklists import actions
from jingwei.worklists.models import Answer, Step, Task, WorkList
from jingwei.worklists.reading import communities_of, lists_for, to_do
from jingwei.worklists.rules import Kind, NewItem
from jingwei.worklists.testing import a_list, answers, reported, the_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def asked(cast):
    return a_list(cast, now=clock.now())


def test_the_day_of_the_grid_names_the_list_until_it_is_reported(client, cast, asked):
    let_in(client, cast.grid_worker)
    assert "Fire doors" in client.get(reverse("field:home")).content.decode()

    reported(asked, cast, now=clock.now())

    assert "Fire doors" not in client.get(reverse("field:home")).content.decode()


def test_half_a_form_is_kept_and_says_what_is_missing(client, cast, asked):
    let_in(client, cast.grid_worker)
    page = reverse("worklists:task", args=[the_task(asked, cast).pk])

    answer = client.post(page, {"text-1": "Yes"})

    assert answer.status_code == 422
    assert "还没填写：“How many doors?”。" in answer.content.decode()
    assert Answer.objects.get().text == "Yes"
    assert client.post(page, {"text-1": "Yes", "text-2": "12"}).url == reverse("worklists:mine")
    assert the_task(asked, cast).status == "reported"


def test_two_who_write_at_once_are_merged_field_by_field_and_asked_where_both_wrote(client, cast, asked):
    let_in(client, cast.grid_worker)
    page = reverse("worklists:task", args=[the_task(asked, cast).pk])
    shown = {"base-1": "", "base-2": "", "base-3": ""}
    actions.keep_answers(the_task(asked, cast), answers(asked, "No", "", "Bikes"), by=cast.grid_worker)

    refused = client.post(page, {**shown, "text-1": "", "text-2": "12", "text-3": "A sofa", "keep": "1"})
    assert refused.status_code == 422
    assert "Bikes" in refused.content.decode()
    assert "A sofa" in refused.content.decode()
    assert [one.text for one in Answer.objects.order_by("item__place")] == ["No", "Bikes"]

    decided = {"base-1": "", "base-2": "", "base-3": "Bikes", "text-1": "", "text-2": "12", "text-3": "Bikes, a sofa"}
    assert client.post(page, {**decided, "keep": "1"}).status_code == 302
    assert [one.text for one in Answer.objects.order_by("item__place")] == ["No", "12", "Bikes, a sofa"]


def test_one_tap_makes_a_case_of_what_is_typed(client, cast, asked):
    let_in(client, cast.grid_worker)
    page = reverse("worklists:task", args=[the_task(asked, cast).pk])

    assert client.post(page, {"text-3": "", "raise": "3"}).status_code == 422
    answer = client.post(page, {"text-3": "Bikes on the stairs", "raise": "3"})

    assert answer.url == page
    assert Answer.objects.get().case == Case.objects.get()


def test_a_new_list_is_sent_out_from_the_form(client, cast):
    a_list(cast, now=clock.now())
    let_in(client, cast.department_lead)
    given = {
        "office": f"d{cast.department.pk}",
        "title": "Gas hoses",
        "due_on": str(clock.local(clock.now()).date()),
        "areas": [codes.write(cast.community)],
        **{f"item{row}-kind": "text" for row in range(8)},
        "item0-title": "State of the hose",
        "item0-kind": "choice",
        "item0-choices": "New\nOld\n",
        "item0-is_needed": "on",
    }

    answer = client.post(reverse("worklists:new"), given)

    row = WorkList.objects.get(title="Gas hoses")
    assert answer.url == reverse("worklists:sheet", args=[row.number])
    assert [(item.kind, item.choices, item.is_needed) for item in row.items.all()] == [("choice", ["New", "Old"], True)]
    assert row.tasks.count() == 2


def test_results_leave_as_a_table_without_formulas_and_that_is_noted(client, cast, asked):
    task = the_task(asked, cast)
    given = answers(asked, "No", "4", "=1+1")
    actions.report_task(task, given, by=cast.grid_worker, now=clock.now())
    let_in(client, cast.community_officer)

    sent = client.get(reverse("worklists:export", args=[asked.number]))

    first, second, *_others = list(csv.reader(StringIO(sent.content.decode("utf-8-sig"))))
    assert first[4:7] == ["Is the door free?", "How many doors?", "What stands in the way?"]
    assert second[3:7] == ["待分拣", "No", "4", "'=1+1"]
    assert Read.objects.filter(kind="worklists.answers", reader=cast.community_officer).count() == 1


def test_progress_is_told_by_community_with_what_is_overdue(cast, asked):
    reported(asked, cast, now=clock.now())
    later = asked.due_on.replace(year=asked.due_on.year + 1)

    (community,) = communities_of(asked, cast.community_officer, later)

    assert (community.progress.all, community.progress.reported, community.progress.late) == (2, 1, 1)
    assert [row.waits for row in community.grids] == [True, False]
    (row,) = lists_for(cast.community_officer, later)
    assert (row.waits, row.is_late, row.progress.answered) == (1, True, 1)


def test_lists_cost_the_same_however_many_there_are(cast, django_assert_max_num_queries):
    for _number in range(4):
        a_list(cast, now=clock.now())

    with django_assert_max_num_queries(8):
        assert len(lists_for(cast.dispatcher, clock.now().date())) == 4
    with django_assert_max_num_queries(3):
        assert len(to_do(cast.grid_worker, clock.now().date())) == 4


def test_the_database_shows_answers_to_the_duties_of_the_place_and_to_the_office(cast, asked):
    reported(asked, cast, now=clock.now())
    lead_beside = a_holder("department_lead", a_department(code=cast.street))
    seeing = (cast.grid_worker, cast.community_officer, cast.dispatcher, cast.leader, cast.department_lead)
    others = (cast.department_handler, cast.inspector, cast.resident, cast.security_officer, lead_beside)

    def shown(member):
        with opened(reach_of(member)):
            return Answer.objects.count(), Step.objects.count()

    assert {shown(member) for member in seeing} == {(3, 1)}
    assert {shown(member) for member in others} == {(0, 0)}


def test_a_needed_photo_stands_on_the_form_and_an_optional_one_is_folded(client, cast):
    row = a_list(cast, items=[NewItem("The door", Kind.PHOTO), NewItem("What else?")], now=clock.now())
    let_in(client, cast.grid_worker)

    shown = client.get(reverse("worklists:task", args=[Task.objects.get(work_list=row, code=cast.grid).pk]))

    page = shown.content.decode()
    assert page.count("<details") == 1
    assert page.index("photo-1") < page.index("<details")
