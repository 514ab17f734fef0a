"""The pages of mediation, at a desk and on a phone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from jingwei.cases.testing import a_case
from jingwei.kernel.public import clock
from jingwei.mediation.models import Mediation
from jingwei.mediation.testing import HOUR, a_mediation, a_session, an_agreement
from jingwei.people.testing import let_in
from jingwei.places.public import codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def worker(client, cast):
    return let_in(client, cast.grid_worker)


def page(name, row, *more):
    return reverse(f"mediation:{name}", args=[row.number, *more])


def picture():
    file = BytesIO()
    Image.new("RGB", (32, 24), "tan").save(file, "JPEG")
    return SimpleUploadedFile("paper.jpg", file.getvalue(), "image/jpeg")


def test_a_dispute_told_directly_is_opened_with_its_parties(worker, cast):
    an_area(cast.grid)
    given = {
        "place": codes.write(cast.grid),
        "kind": "neighbours",
        "level": "grid",
        "words": "The piano",
        "party0-name": "Wang",
        "party0-phone": "13900000009",
        "party2-name": "Li",
    }

    answer = worker.post(reverse("mediation:new"), given)

    row = Mediation.objects.get()
    assert answer.url == page("sheet", row)
    assert [(one.name, one.phone) for one in row.parties.order_by("pk")] == [("Wang", "13900000009"), ("Li", "")]
    shown = worker.get(answer.url).content.decode()
    assert "The piano" in shown
    assert "Wang" in shown


def test_a_case_brings_its_place_and_kind(worker, cast):
    case = a_case(cast=cast)
    case.category_code = "3104"
    case.save()

    shown = worker.get(reverse("mediation:new"), {"case": case.number})

    form = shown.context["form"]
    assert form.initial["kind"] == "tenancy"
    assert [code for code, _name in form.fields["place"].choices] == [codes.write(case.code)]
    assert "is_first_reporter" in form.fields


def test_the_sheet_of_a_dispute_leads_whoever_mediates_there(client, cast):
    case = a_case(cast=cast)
    case.category_code = "3102"
    case.save()
    link = f"{reverse('mediation:new')}?case={case.number}"

    def shown(member):
        return let_in(client, member).get(reverse("desk:case", args=[case.number])).content.decode()

    assert link in shown(cast.community_officer)
    assert link not in shown(cast.leader)
    case.category_code = "0201"
    case.save()
    assert link not in shown(cast.community_officer)


def test_a_form_that_says_too_little_comes_back_with_all_that_was_typed(worker, cast):
    an_area(cast.grid)

    answer = worker.post(reverse("mediation:new"), {"place": codes.write(cast.grid), "words": "The piano"})

    assert answer.status_code == 422
    assert "The piano" in answer.content.decode()


def test_the_whole_way_from_a_session_to_a_signed_paper(worker, cast, media):
    now = clock.now()
    row = a_mediation(cast, now=now - HOUR)
    at = timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")
    parties = [str(one.pk) for one in row.parties.all()]
    told = {"held_at": at, "place": "Room", "parties": parties, "mediators": [cast.grid_worker.pk], "said": "Calm"}
    assert worker.post(page("session", row), told).status_code == 302
    assert worker.post(page("agreement", row), {"text": "Quiet after nine"}).status_code == 302
    today = timezone.localdate(now)
    for one in row.parties.all():
        assert worker.post(page("sign", row, one.pk), {"signed_on": str(today)}).status_code == 302
    assert worker.post(page("add-paper", row), {"paper": picture()}).status_code == 302
    assert worker.post(page("plan-visit", row), {"due_on": str(today)}).status_code == 302
    ended = worker.post(page("end", row), {"result": "agreed", "words": "They shook hands"})

    assert ended.status_code == 302
    row.refresh_from_db()
    assert row.result == "agreed"
    printed = worker.get(page("print", row)).content.decode()
    assert "Quiet after nine" in printed
    assert worker.get(page("paper", row, row.papers.get().pk))["Cache-Control"].startswith("private, no-store")
    assert worker.get(reverse("mediation:home")).context["lists"].visits


def test_a_refusal_stands_over_the_form(worker, cast):
    row = a_mediation(cast)
    worker.cookies["django_language"] = "en"

    answer = worker.post(page("end", row), {"result": "agreed", "words": "x"})

    assert answer.status_code == 422
    assert "Write down what was agreed first" in answer.content.decode()


def test_an_officer_finds_what_waits_and_takes_it_on(client, cast):
    row = a_mediation(cast)
    officer = let_in(client, cast.community_officer)
    listed = officer.get(reverse("mediation:home")).context["lists"]
    assert [one.row for one in listed.waiting] == [row]
    assert officer.get(page("sheet", row)).status_code == 404

    officer.post(page("take-on", row))

    assert officer.get(page("sheet", row)).status_code == 200
    officer.post(page("name", row), {"member": cast.grid_leader.pk})
    assert row.seats.filter(member=cast.grid_leader).exists()


def test_a_leader_sees_numbers_and_no_list(client, cast):
    a_mediation(cast, now=clock.now() - timedelta(days=1))
    leader = let_in(client, cast.leader)

    shown = leader.get(reverse("mediation:figures"))

    assert shown.context["rows"][0].open == 1
    assert leader.get(reverse("mediation:home")).context["lists"].mine == []
    assert leader.get(reverse("mediation:new")).status_code == 404


def test_what_was_signed_offers_no_other_words(worker, cast):
    row = a_mediation(cast)
    a_session(row, by=cast.grid_worker)
    an_agreement(row, by=cast.grid_worker)

    shown = worker.get(page("sheet", row)).content.decode()

    assert page("agreement", row) not in shown


def test_the_file_costs_as_many_queries_with_many_sessions(worker, cast, django_assert_max_num_queries):
    row = a_mediation(cast)
    for _number in range(4):
        a_session(row, by=cast.grid_worker)

    with django_assert_max_num_queries(22):
        worker.get(page("sheet", row))
