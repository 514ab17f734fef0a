"""What waited on a phone: taken once, dated to when it was made, and nothing lost where the case has gone on."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from jingwei.cases import actions
from jingwei.cases.models import Case, Photo, Report, Step
from jingwei.cases.testing import MONDAY, PLAIN, a_case
from jingwei.cases.tests.pages import INSIDE, OUTSIDE, a_file, a_jpeg, a_street, browser
from jingwei.kernel.public import clock
from jingwei.offline.testing import assets, waited
from jingwei.people.testing import a_holder
from jingwei.places.public import codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LATER = MONDAY + timedelta(hours=4)
KEY = UUID(int=77)
NOW = "/field/report/now/"
HOUR = 3600


@pytest.fixture
def cast():
    return a_street().cast


@pytest.fixture(autouse=True)
def later():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def worker(client, cast):
    return browser(client, cast.grid_worker)


def in_grid(cast, **more):
    return {"id": str(UUID(int=1)), "words": "The lid rattles", "area": f"a{codes.write(cast.grid)}"} | more


def sent(cast):
    """A case that was sent to the worker."""
    case = a_case("filed", cast=cast)
    return actions.dispatch_case(case, member=cast.grid_worker, by=cast.dispatcher)


def move(case, verb):
    return reverse("field:move", args=[case.number, verb])


def test_a_report_on_one_page_is_a_case_with_its_photos(worker, cast):
    answer = worker.post(NOW, in_grid(cast, detail="by the gate", listed=PLAIN[0], photos=[a_file(a_jpeg())]))
    report = Report.objects.get(pk=UUID(int=1))

    assert answer.url == reverse("field:case", args=[report.case.number])
    assert report.case.place.endswith("by the gate")
    assert report.case.category_code == PLAIN[0]
    assert Photo.objects.get().moment == Photo.Moment.BEFORE


def test_where_the_phone_was_is_enough(worker):
    longitude, latitude = INSIDE
    given = {"id": str(UUID(int=1)), "words": "A lid", "longitude": longitude, "latitude": latitude}

    assert worker.post(NOW, given).status_code == 302
    assert Case.objects.get().longitude == longitude


def test_a_report_from_outside_or_of_nothing_says_what_is_missing(worker, cast):
    longitude, latitude = OUTSIDE
    outside = worker.post(NOW, {"id": str(UUID(int=1)), "words": "A lid", "longitude": longitude, "latitude": latitude})
    empty = worker.post(NOW, in_grid(cast, words=""))

    assert (outside.status_code, empty.status_code) == (422, 422)
    assert "Say in a few words what is wrong" in empty.content.decode()
    assert not Case.objects.exists()


def test_what_waited_is_taken_once_under_the_phone_s_id_and_counts_from_then(worker, cast):
    answers = [
        worker.post(NOW, in_grid(cast, photos=[a_file(a_jpeg())]), headers=waited(KEY, HOUR)).json() for _ in range(2)
    ]
    case = Report.objects.get(pk=KEY).case

    assert (
        answers[0]
        == answers[1]
        == {
            "result": "done",
            "location": reverse("field:case", args=[case.number]),
            "is_clock_doubtful": False,
        }
    )
    assert case.reported_at == LATER - timedelta(hours=1)
    assert (Case.objects.count(), Photo.objects.count()) == (1, 1)


def test_the_same_id_with_something_else_is_a_conflict(worker, cast):
    worker.post(NOW, in_grid(cast), headers=waited(KEY))
    answer = worker.post(NOW, in_grid(cast, words="Another one"), headers=waited(KEY))

    assert (answer.status_code, answer.json()["result"]) == (409, "conflict")
    assert Case.objects.count() == 1


def test_what_was_refused_may_come_mended_under_the_same_id(worker, cast):
    refused = worker.post(NOW, in_grid(cast, words=""), headers=waited(KEY))
    assert (refused.status_code, refused.json()["result"]) == (409, "refused")
    assert "Say in a few words what is wrong" in refused.json()["page"]

    assert worker.post(NOW, in_grid(cast), headers=waited(KEY)).json()["result"] == "done"


@pytest.mark.parametrize("seconds", [-5, 40 * 24 * HOUR])
def test_a_clock_that_cannot_be_right_counts_from_arrival_and_is_said(worker, cast, seconds):
    answer = worker.post(NOW, in_grid(cast), headers=waited(KEY, seconds)).json()

    assert answer["is_clock_doubtful"]
    assert Report.objects.get(pk=KEY).case.reported_at == LATER


def test_whoever_is_signed_out_is_told_so_and_nothing_is_done(client, cast):
    answer = browser(client).post(NOW, in_grid(cast), headers=waited(KEY))

    assert (answer.status_code, answer.json()["result"]) == (401, "signed_out")
    assert not Case.objects.exists()


@pytest.mark.parametrize("is_later", [True, False])
def test_a_form_of_another_member_s_phone_stays_on_it(worker, cast, is_later):
    headers = waited(KEY, 0, is_later=is_later) | {"Jingwei-Member": str(cast.dispatcher.pk)}

    assert worker.post(NOW, in_grid(cast), headers=headers).status_code == 401
    assert not Case.objects.exists()
    own = headers | {"Jingwei-Member": str(cast.grid_worker.pk)}
    assert worker.post(NOW, in_grid(cast), headers=own).status_code in {200, 302}


def test_a_report_that_was_refused_is_looked_at_before_it_goes(worker, cast):
    page = worker.post(NOW, in_grid(cast) | {"again": "1"})

    assert page.status_code == 200
    assert "The lid rattles" in page.text
    assert not Case.objects.exists()


def test_another_s_id_takes_nothing(client, worker, cast):
    worker.post(NOW, in_grid(cast), headers=waited(KEY))
    other = a_holder("grid_worker", cast.grid)
    answer = browser(client, other).post(NOW, in_grid(cast), headers=waited(KEY))

    assert answer.json()["result"] == "conflict"
    assert Case.objects.count() == 1


def test_two_moves_in_a_row_are_both_made_though_the_second_saw_nothing_of_the_first(worker, cast):
    case = sent(cast)
    seen = case.version
    with clock.frozen(LATER + timedelta(hours=3)):
        first = worker.post(move(case, "report_in"), {"seen": seen}, headers=waited(UUID(int=1), 2 * HOUR))
        second = worker.post(move(case, "handle"), {"seen": seen, "words": "Mended"}, headers=waited(UUID(int=2), HOUR))

    assert [one.json()["result"] for one in (first, second)] == ["done", "done"]
    case.refresh_from_db()
    assert case.status == "handled"
    assert case.handled_at == LATER + timedelta(hours=2)


def test_a_move_that_the_case_has_outgrown_comes_back_with_what_has_happened(worker, cast):
    case = sent(cast)
    seen = case.version
    actions.recall_case(case, words="Another goes", by=cast.dispatcher)
    answer = worker.post(move(case, "report_in"), {"seen": seen, "words": "On my way"}, headers=waited(KEY))

    assert (answer.status_code, answer.json()["result"]) == (409, "refused")
    assert not Step.objects.filter(case=case, verb="report_in").exists()


def test_a_move_from_before_the_case_was_there_counts_from_its_beginning(worker, cast):
    case = sent(cast)
    worker.post(move(case, "report_in"), {"seen": case.version}, headers=waited(KEY, 20 * 24 * HOUR))

    assert Step.objects.get(case=case, verb="report_in").occurred_at == case.reported_at


def test_a_phone_takes_along_the_day_and_the_move_that_comes_after(worker, cast):
    case = sent(cast)
    told = worker.get(reverse("field:offline-pages")).json()["pages"]
    urls = [one["url"] for one in told]
    ahead = f"{move(case, 'handle')}?ahead=1"

    assert {reverse("field:home"), reverse("field:case", args=[case.number]), NOW, ahead} <= set(urls)
    assert {worker.get(url).status_code for url in urls} == {200}
    assert worker.get(move(case, "handle")).status_code == 409
    assert worker.get(reverse("field:offline-pages")).json()["pages"] == told
    actions.recall_case(case, words="Another goes", by=cast.dispatcher)
    assert ahead not in [one["url"] for one in worker.get(reverse("field:offline-pages")).json()["pages"]]


def test_pages_that_are_taken_along_load_nothing_that_the_phone_does_not_keep(worker, cast):
    sent(cast)
    kept = {one["url"].partition("?")[0] for one in assets()}
    urls = [one["url"] for one in worker.get(reverse("field:offline-pages")).json()["pages"]]
    pages = [worker.get(url).content.decode() for url in urls if url.startswith("/field/")]
    named = {found for page in pages for found in re.findall(r'(?:href|src)="(/static/[^"#?]+)', page)}

    assert named - kept == set()


def test_what_is_taken_along_is_for_workers(client, cast):
    for member in (cast.resident, cast.dispatcher):
        assert browser(client, member).get(reverse("field:offline-pages")).status_code == 404
