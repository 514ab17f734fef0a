"""Figures tell what the cases say, with their sample, and nothing where there are too few."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jingwei.cases.testing import MONDAY, a_case
from jingwei.places.public import Level, ancestor
from jingwei.publication.actions import refresh
from jingwei.publication.figures import FEWEST, figures_of, reckon_figures
from jingwei.publication.models import PublicCase
from jingwei.publication.testing import cast_and_areas

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=30)


def some_cases(cast, n):
    """So many closed cases, each handled half an hour after its report."""
    keys = [a_case("closed", cast=cast, at=MONDAY + timedelta(minutes=at)).pk for at in range(n)]
    refresh(keys)
    return keys


def test_each_area_above_and_each_class_has_its_figures():
    cast = cast_and_areas()
    keys = some_cases(cast, FEWEST)
    PublicCase.objects.filter(pk=keys[0]).update(due_at=MONDAY)

    assert reckon_figures(LATER) == 3 * 2

    for code in (cast.community, cast.street, ancestor(cast.street, Level.DISTRICT)):
        whole, lamps = figures_of(code, {"02": "Lamps"})
        assert (whole.row.reported, whole.row.closed, whole.row.timed, whole.row.on_time) == (5, 5, 5, 4)
        assert (whole.on_time, whole.median_hours) == (80, pytest.approx(40 / 60))
        assert (lamps.name, lamps.row.reported) == ("Lamps", 5)


def test_too_few_cases_tell_no_share_and_no_median():
    cast = cast_and_areas()
    some_cases(cast, FEWEST - 1)
    reckon_figures(LATER)

    whole = figures_of(cast.community, {})[0]

    assert (whole.row.timed, whole.on_time, whole.median_hours) == (FEWEST - 1, None, None)


def test_figures_are_reckoned_anew_and_hidden_and_old_cases_do_not_count():
    cast = cast_and_areas()
    keys = some_cases(cast, 3)
    reckon_figures(LATER)
    blank = {"title": "", "longitude": None, "latitude": None, "cell": None}
    PublicCase.objects.filter(pk=keys[0]).update(is_shown=False, **blank)
    PublicCase.objects.filter(pk=keys[1]).update(reported_at=LATER - timedelta(days=366))

    reckon_figures(LATER)

    assert figures_of(cast.community, {})[0].row.reported == 1


def test_the_page_of_a_grid_shows_the_figures_of_its_community(client):
    cast = cast_and_areas()
    some_cases(cast, FEWEST)
    reckon_figures(LATER)

    page = client.get(reverse("public:figures", args=[cast.grid])).content.decode()

    assert "100 %" in page
