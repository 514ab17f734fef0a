"""The public copy of a case follows it, and says no more than everybody may know."""

from datetime import timedelta
from uuid import uuid4

import pytest

from jingwei.cases.public import Case, publishable, withdraw_case
from jingwei.cases.testing import MONDAY, WAY, a_case, a_condition, make
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.kernel.testing import settle
from jingwei.people.testing import a_holder, a_resident, the_cast
from jingwei.publication.actions import hide_case, refresh, show_case, support
from jingwei.publication.catching_up import catch_up
from jingwei.publication.models import PublicCase, Support
from jingwei.publication.testing import a_public_case, published

pytestmark = pytest.mark.django_db


def test_a_case_is_copied_when_it_is_filed_and_the_copy_follows_it():
    cast = the_cast()
    case = a_case(cast=cast)
    settle()
    assert not PublicCase.objects.exists()

    for verb in WAY:
        case = make(verb, case, cast)
        settle()
        copy = PublicCase.objects.get(pk=case.pk)
        assert (copy.status, copy.is_shown, copy.title) == (case.status, True, "Lamp is out")

    assert copy.filed_at <= copy.dispatched_at <= copy.begun_at <= copy.handled_at <= copy.closed_at
    assert a_public_case("closed", cast=cast).was_on_time


def test_the_place_is_rounded_and_its_words_are_not_copied():
    cast = the_cast()
    copy = a_public_case(cast=cast, longitude=114.30042, latitude=30.50091, place="5 Lotus Road, door 302")

    assert (copy.longitude, copy.latitude) == (114.3005, 30.501)
    assert "Lotus" not in "".join(map(str, vars(copy).values()))


def test_a_case_of_a_private_class_has_no_copy():
    case = a_case("filed")
    Case.objects.filter(pk=case.pk).update(category=a_condition("1101", "01").category)

    refresh([case.pk])

    assert not publishable().exists()
    assert not PublicCase.objects.exists()


def test_a_case_that_is_withdrawn_is_no_longer_shown_and_its_copy_says_nothing():
    cast = the_cast()
    case = a_case("filed", cast=cast, longitude=114.3, latitude=30.5)
    published(case)

    withdraw_case(case, words="My mistake", by=cast.resident)
    settle()

    copy = PublicCase.objects.get(pk=case.pk)
    assert (copy.is_shown, copy.title, copy.longitude, copy.latitude, copy.cell) == (False, "", None, None, None)


def test_a_hidden_case_stays_hidden_when_it_moves_and_is_whole_when_it_is_shown_again():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    published(case)
    hide_case(case, because="person", by=cast.community_officer)

    make("dispatch", case, cast)
    settle()
    assert not PublicCase.objects.get(pk=case.pk).is_shown

    show_case(case, by=cast.community_officer)
    copy = PublicCase.objects.get(pk=case.pk)
    assert (copy.is_shown, copy.status, copy.title) == (True, "dispatched", "Lamp is out")


def test_hiding_twice_hiding_without_a_reason_and_hiding_what_is_not_public_are_refused():
    cast = the_cast()
    case = a_case(cast=cast)
    with pytest.raises(Refused, match="not public"):
        hide_case(case, because="person", by=cast.community_officer)
    published(make("file", case, cast))
    with pytest.raises(Refused, match="Choose why"):
        hide_case(case, because="", by=cast.community_officer)
    with pytest.raises(Refused, match="not hidden"):
        show_case(case, by=cast.community_officer)
    hide_case(case, because="person", by=cast.community_officer)
    with pytest.raises(Refused, match="already"):
        hide_case(case, because="person", by=cast.community_officer)


def test_only_those_who_file_at_the_place_decide():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    published(case)

    for stranger in (cast.resident, cast.department_handler, a_holder("dispatcher", cast.street + 10**9)):
        with pytest.raises(NotPermitted):
            hide_case(case, because="person", by=stranger)


def test_me_too_counts_once_and_is_taken_back():
    cast = the_cast()
    copy = a_public_case(cast=cast)
    neighbour = a_resident()

    for _ in range(2):
        support(copy, is_concerned=True, follows=True, by=neighbour)
    support(copy, is_concerned=False, follows=True, by=cast.resident)
    copy.refresh_from_db()
    assert copy.supporters == 1

    support(copy, is_concerned=False, follows=False, by=neighbour)
    copy.refresh_from_db()
    assert (copy.supporters, list(Support.objects.values_list("member_id", flat=True))) == (0, [cast.resident.pk])


def test_a_hidden_case_takes_no_me_too():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    copy = published(case)
    hide_case(case, because="inquiry", by=cast.community_officer)

    with pytest.raises(Refused, match="no longer public"):
        support(copy, is_concerned=True, follows=True, by=a_resident())


def test_the_counter_stays_when_the_copy_is_made_anew():
    cast = the_cast()
    case = a_case("filed", cast=cast)
    copy = published(case)
    support(copy, is_concerned=True, follows=True, by=a_resident())

    published(make("dispatch", case, cast))

    copy.refresh_from_db()
    assert (copy.supporters, copy.status) == (1, "dispatched")


@pytest.mark.role("jw_worker")
def test_every_night_missing_copies_are_made_and_erased_places_go():
    case = a_case("filed", longitude=114.3, latitude=30.5)
    assert catch_up() == 1
    assert catch_up() == 0

    Case.objects.filter(pk=case.pk).update(longitude=None, latitude=None)
    assert catch_up() == 1

    assert PublicCase.objects.get(pk=case.pk).longitude is None


def test_refreshing_what_is_not_there_does_nothing():
    assert refresh([uuid4()]) == 0


def test_a_refresh_costs_the_same_for_many(django_assert_num_queries):
    cast = the_cast()
    keys = [a_case("filed", cast=cast, at=MONDAY + timedelta(minutes=n)).pk for n in range(3)]
    refresh(keys)

    with django_assert_num_queries(4 + 2):  # and the savepoint
        refresh(keys)
