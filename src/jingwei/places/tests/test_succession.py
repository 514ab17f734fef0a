import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from jingwei.places import codes
from jingwei.places.models import Succession
from jingwei.places.queries import today
from jingwei.places.succession import before_sql, heirs_of, merged, read_before, spans_of
from jingwei.places.testing import a_community, a_grid, a_street, a_succession, a_unit

pytestmark = pytest.mark.django_db
TODAY = today()


def before(code):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {before_sql('given.code')} FROM (SELECT %s::bigint) AS given (code)", [code])
        (pairs,) = cursor.fetchone()
    return read_before(json.loads(pairs))


def test_spans_that_touch_or_overlap_become_one():
    assert merged([(7, 9), (1, 3), (4, 5), (8, 12), (20, 20)]) == ((1, 5), (7, 12), (20, 20))


def test_an_area_that_came_from_nowhere_has_its_own_codes_only():
    grid = a_grid()

    assert before(grid.code) == ()
    assert spans_of(grid.code) == (grid.span,)


def test_without_an_area_nothing_came_before():
    assert before(None) == ()


def test_both_parts_of_a_split_area_have_its_history():
    community = a_community()
    old, one, other = a_grid(community), a_grid(community), a_grid(community)
    a_succession(old, one, other)

    assert before(one.code) == before(other.code) == (old.span,)
    assert spans_of(one.code, other.code) == merged([old.span, one.span, other.span])


def test_the_area_above_holds_both_codes_and_needs_no_history():
    community = a_community()
    old, new = a_grid(community), a_grid(community)
    a_succession(old, new)

    assert before(community.code) == ()
    assert before(community.parent_id) == ()


def test_what_came_from_elsewhere_brings_its_history_to_the_areas_above_it():
    street = a_street()
    here, there = a_community(street), a_community(street)
    old, new = a_grid(there), a_grid(here)
    unit_before, unit = a_unit(old), a_unit(new)
    a_succession(unit_before, unit)
    a_succession(old, new)

    assert before(here.code) == before(new.code) == (old.span,)
    assert before(unit.code) == (unit_before.span,)
    assert before(there.code) == before(street.code) == ()


def test_history_goes_back_through_every_change():
    street = a_street()
    first = a_grid(a_community(street))
    second = a_grid(a_community(street))
    third, beside = a_grid(a_community(street)), a_grid(a_community(street))
    a_succession(first, second)
    a_succession(second, third, beside)

    assert before(third.code) == (first.span, second.span)
    assert before(beside.parent_id) == (first.span, second.span)


def test_spans_of_a_time_leave_out_what_had_ended_or_had_not_begun():
    community = a_community()
    old, new = a_grid(community), a_grid(a_community(community.parent))
    a_succession(old, new, on=date(2026, 3, 1))

    assert spans_of(new.code, since=date(2026, 3, 1)) == (new.span,)
    assert spans_of(new.code, since=date(2026, 2, 28), until=date(2026, 4, 1)) == merged([old.span, new.span])
    assert spans_of(new.code, until=date(1999, 1, 1)) == (new.span,)


def test_heirs_are_those_that_stand_on_the_day():
    community = a_community()
    old, one, other = a_grid(community), a_grid(community), a_grid(community)
    last = a_grid(community)
    a_succession(old, one, other, on=TODAY - timedelta(days=9))
    a_succession(one, last, on=TODAY)

    assert heirs_of([old.code, other.code, last.code], TODAY) == {
        old.code: (other.code, last.code),
        other.code: (other.code,),
        last.code: (last.code,),
    }
    assert heirs_of([codes.make(999999)], TODAY) == {codes.make(999999): ()}


def test_an_area_never_succeeds_itself_nor_another_twice():
    community = a_community()
    old, new = a_grid(community), a_grid(community)
    a_succession(old, new)
    (row,) = Succession.objects.all()

    with pytest.raises(IntegrityError, match="area_succeeds_once"), atomic():
        Succession.objects.create(change=row.change, predecessor=old, successor=new, depth=row.depth)
    with pytest.raises(IntegrityError, match="area_does_not_succeed_itself"), atomic():
        Succession.objects.create(change=row.change, predecessor=new, successor=new, depth=5)
