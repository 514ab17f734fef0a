"""Upkeep and reactions: each calls what it is there for, and a second time does no harm."""

import pytest
from django.core.files.storage import default_storage

from jingwei.cases import actions, jobs
from jingwei.cases.handlers import draw_small_copy
from jingwei.cases.models import DocketCount, PendingReport, Photo
from jingwei.cases.testing import MONDAY, a_case
from jingwei.cases.tests.pages import a_jpeg
from jingwei.kernel.public import FactRow
from jingwei.people.testing import the_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_the_ledger_is_folded():
    a_case("filed")
    lines = DocketCount.objects.count()
    jobs.fold_docket_counts(0)
    folded = DocketCount.objects.count()
    jobs.fold_docket_counts(60)
    assert 0 < folded < lines
    assert DocketCount.objects.count() == folded


def test_what_nobody_touched_for_a_day_is_forgotten():
    PendingReport.objects.create(id="0193482f-7b1c-7cc8-9a2b-3f1f5a6b7c8d", browser="b" * 64, changed_at=MONDAY)
    jobs.forget_unsent_reports(0)
    assert not PendingReport.objects.exists()


def test_a_photo_gets_its_small_copy_once():
    cast = the_cast()
    photo = actions.add_photo(a_case(cast=cast), a_jpeg(), by=cast.resident)
    fact = FactRow.objects.get(kind="case.photo_added")
    draw_small_copy(fact)
    draw_small_copy(fact)
    assert Photo.objects.get().has_thumbnail
    assert default_storage.exists(actions.thumbnail_name(photo))


def test_the_fact_of_a_photo_that_is_gone_is_let_be():
    cast = the_cast()
    actions.add_photo(a_case(cast=cast), a_jpeg(), by=cast.resident)
    Photo.objects.all().delete()
    draw_small_copy(FactRow.objects.get(kind="case.photo_added"))
