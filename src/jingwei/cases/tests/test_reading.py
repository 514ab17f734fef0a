"""Nobody at work opens a reporter's words in silence."""

import pytest

from jingwei.cases.testing import a_case
from jingwei.people.public import Read
from jingwei.people.testing import let_in, the_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/desk/cases/{}/", "/desk/a{street}/all/?case={}"])
def test_opening_a_case_with_its_words_leaves_a_record(client, path):
    cast = the_cast()
    case = a_case(cast=cast)
    let_in(client, cast.dispatcher)

    page = client.get(path.format(case.number, street=cast.street)).content.decode()

    assert "The lamp is out" in page
    (read,) = Read.objects.all()
    assert (read.kind, read.thing, read.reason) == ("cases.words", str(case.pk), "work")
    assert (read.reader_id, read.subject_id) == (cast.dispatcher.pk, cast.resident.pk)


def test_who_may_not_read_the_words_leaves_none(client):
    cast = the_cast()
    case = a_case("filed", cast=cast)
    let_in(client, cast.leader)

    page = client.get(f"/desk/cases/{case.number}/").content.decode()

    assert "Lamp is out" in page
    assert "The lamp is out" not in page
    assert not Read.objects.exists()


def test_a_list_shows_no_words_and_leaves_none(client):
    cast = the_cast()
    a_case("filed", cast=cast)
    let_in(client, cast.dispatcher)

    page = client.get(f"/desk/a{cast.street}/all/").content.decode()

    assert "The lamp is out" not in page
    assert not Read.objects.exists()


def test_a_worker_on_the_spot_is_noted_too(client):
    cast = the_cast()
    case = a_case(cast=cast)
    let_in(client, cast.grid_worker)

    client.get(f"/field/cases/{case.number}/")

    assert Read.objects.get().reader_id == cast.grid_worker.pk
