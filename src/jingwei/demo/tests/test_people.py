from collections import Counter

from jingwei.demo.people import RESIDENTS, build_cast, clerk_of, managers_of, officers_of, station_of, worker_of
from jingwei.demo.town import build_town
from jingwei.people.public import ROLES

CAST = build_cast()
TOWN = build_town()


def test_every_grid_has_one_worker_of_its_own():
    workers = [one for one in CAST.staff.values() if one.role == "grid_worker"]

    assert len(workers) == 92
    assert {one.code: one.username for one in workers} == {grid.code: worker_of(grid.code) for grid in TOWN.grids}


def test_names_that_follow_from_a_place_are_those_of_people_and_offices_there():
    offices = {office.key for office in CAST.offices}
    for community in TOWN.communities:
        for name in (*officers_of(community.code), clerk_of(community.code)):
            assert CAST.staff[name].code == community.code
        assert {CAST.staff[name].role for name in managers_of(community.code)} == {"property_manager"}
        assert station_of(community.code) in offices


def test_nobody_shares_a_name_or_a_phone_and_no_phone_is_real():
    names = Counter(one.name for one in CAST.everybody)
    phones = Counter(one.phone for one in CAST.everybody)

    assert names.most_common(1)[0][1] == phones.most_common(1)[0][1] == 1
    assert all(one.phone.startswith("1380000") and len(one.phone) == 11 for one in CAST.everybody)


def test_everyone_on_the_staff_holds_a_role_at_a_place_that_fits_it():
    assert {one.role for one in CAST.staff.values()} <= ROLES.keys()
    assert all((one.code is None) != (one.office is None) for one in CAST.staff.values())


def test_the_cast_of_the_pictures_is_there():
    assert CAST.staff["dispatcher-1"].name == "陈立"
    assert CAST.staff["grid-0207"].name == "王秀兰"
    assert CAST.residents[0].name == "张玉珍"


def test_residents_live_in_a_grid():
    grids = {grid.code for grid in TOWN.grids}

    assert len(CAST.residents) == RESIDENTS
    assert {one.code for one in CAST.residents} <= grids


def test_every_office_that_gets_cases_has_handlers():
    wholes = {office.key for office in CAST.offices if office.parent is None}
    for key in wholes:
        assert all(CAST.handlers(office) for office in CAST.office_keys(key)), key


def test_built_twice_it_is_the_same_cast():
    assert build_cast.__wrapped__() == CAST
