import json
import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from jingwei.calendars.public import calendars
from jingwei.cases.public import Case, Condition, DocketEntry, Photo
from jingwei.cases.testing import rebuilt, shape
from jingwei.demo.build import build_areas, build_offices, build_people, fill_demo
from jingwei.demo.disputes import build_disputes
from jingwei.demo.logins import STAFF, logins_file, write_logins
from jingwei.demo.people import build_cast
from jingwei.demo.town import build_town
from jingwei.kernel.public import Refused
from jingwei.people.public import Department, Member, Posting, authenticate_key
from jingwei.places.public import Area, Building, find

NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def everything():
    return [model.objects.count() for model in (Area, Building, Department, Member, Posting, Case, Photo)]


@pytest.fixture
def people(demo):
    """The street and the few people of it that get a login."""
    cast = build_cast()
    few = replace(cast, staff={name: cast.staff[name] for name in STAFF.values()}, residents=cast.residents[:1])
    build_areas(build_town(), NOW)
    build_offices(build_town(), few)
    build_people(few, NOW)


def test_the_street_is_filled_whole_and_only_once(demo):
    lines = []
    fill_demo(lines.append, now=NOW, days=3)
    first = everything()

    parts = len(lines)
    assert not any(line.startswith("0 ") for line in lines)
    assert_places_and_people()
    assert_work_on_every_desk()
    assert_steps_rebuild_every_case()

    fill_demo(lines.append, now=NOW, days=3)

    assert everything() == first
    assert all(line.startswith("0 ") for line in lines[parts:])


def test_disputes_are_built_after_midnight_too(people):
    assert build_disputes(NOW.replace(hour=16, minute=5)) == 3  # the next day has begun in the street, not in UTC


@pytest.mark.slow
def test_the_steps_of_half_a_year_rebuild_every_case(demo):
    fill_demo(lambda _line: None, now=NOW)

    assert Case.objects.count() > 5000
    assert_steps_rebuild_every_case()


def assert_steps_rebuild_every_case():
    conditions, known = Condition.objects.select_related("category").in_bulk(), calendars()
    for case_id in Case.objects.values_list("pk", flat=True):
        kept, again = rebuilt(case_id, conditions, known)
        assert shape(again) == shape(kept), kept.case.number


def assert_places_and_people():
    assert Area.objects.filter(level="grid").count() == 92
    assert Building.objects.count() == sum(len(grid.houses) for grid in build_town().grids)
    assert Member.objects.filter(is_demo=True).count() == len(build_cast().everybody)
    assert Posting.objects.count() == len(build_cast().staff) + 1  # one holds two
    for grid in build_town().grids[::17]:
        house = grid.houses[0]
        assert find(house.longitude, house.latitude).code == grid.code


def assert_work_on_every_desk():
    statuses = set(Case.objects.values_list("status", flat=True))
    worker = Member.objects.get(username="grid-0207")
    crew = Department.objects.get(key="drainage-1")
    assert {"reported", "filed", "dispatched", "in_hand", "handled", "closed"} <= statuses
    assert DocketEntry.objects.filter(holder="m", holder_id=worker.pk).count() >= 4
    assert DocketEntry.objects.filter(holder="d", holder_id=crew.pk).count() >= 10
    assert DocketEntry.objects.filter(holder="a", holder_id=build_town().street).count() >= 90
    assert 20 <= Photo.objects.count() <= 60


def test_what_is_no_demo_is_left_alone():
    with pytest.raises(Refused):
        fill_demo(lambda _line: None, now=NOW, days=1)
    with pytest.raises(CommandError):
        call_command("fill_demo", days=1)

    assert everything() == [0] * 7


def test_logins_open_the_doors_they_name(people):
    assert write_logins()

    known = json.loads(logins_file().read_text(encoding="utf-8"))
    assert stat.S_IMODE(logins_file().stat().st_mode) == 0o600
    for portal in STAFF:
        login = known["logins"][portal]
        assert Member.objects.get(username=login["name"]).check_password(login["password"])
    assert Member.objects.with_phone(known["logins"]["resident"]["phone"]).filter(kind="resident").exists()
    assert authenticate_key(f"Bearer {known['api_key']}").has_duty("cases.report")


def test_logins_stay_while_they_work_and_are_made_anew_where_they_do_not(people):
    write_logins()
    first = logins_file().read_text(encoding="utf-8")

    assert not write_logins()
    assert logins_file().read_text(encoding="utf-8") == first

    logins_file().unlink()
    assert write_logins()
    old, new = json.loads(first), json.loads(logins_file().read_text(encoding="utf-8"))
    assert new["logins"]["desk"] != old["logins"]["desk"]
    assert authenticate_key(f"Bearer {old['api_key']}") is None
