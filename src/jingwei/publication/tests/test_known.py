"""Before a report is sent: what everybody may know of the same matter, and nothing else."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from jingwei.cases.public import public_twins
from jingwei.cases.testing import MONDAY, a_case, a_pending_report, a_place
from jingwei.kernel.public import clock
from jingwei.people.testing import let_in, the_cast
from jingwei.publication.testing import published

pytestmark = pytest.mark.django_db

COOKIE = "the browser of the resident"
HERE = {"longitude": 114.3, "latitude": 30.5}


def a_report(cast):
    """A report about the same place, with everything but the button pressed."""
    row = a_pending_report(cast.resident, words="The lamp is out", browser=sha256(COOKIE.encode()).hexdigest())
    return a_place(row, cast.grid, **HERE)


def test_a_resident_is_shown_public_titles_only():
    cast = the_cast()
    filed = a_case("filed", cast=cast, words="The lamp before door 302 of Mrs Li is out", **HERE)
    published(filed)
    a_case(cast=cast, words="The lamp is out, says Mrs Li", **HERE)

    known = public_twins(a_report(cast), MONDAY + timedelta(hours=1))

    assert [(card.number, card.title) for card in known] == [(filed.number, "Lamp is out")]


def test_the_last_page_of_a_report_offers_to_follow_instead(client):
    cast = the_cast()
    filed = a_case("filed", cast=cast, words="The lamp before door 302 of Mrs Li is out", **HERE)
    published(filed)
    row = a_report(cast)
    let_in(client, cast.resident).cookies["report"] = COOKIE

    with clock.frozen(MONDAY + timedelta(hours=1)):
        page = client.get(reverse("resident:report-send", args=[row.pk])).content.decode()
        assert "Lamp is out" in page
        assert "Mrs Li" not in page
        client.post(reverse("public:wish", args=[filed.number]), {"wish": "concerned"})

    assert published(filed).supporters == 1
