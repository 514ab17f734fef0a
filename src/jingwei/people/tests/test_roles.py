import pytest

from jingwei.people.duties import DUTIES, KEY_DUTIES
from jingwei.people.roles import ROLES, Seat, _role, roles_at


def test_a_role_that_names_an_unknown_duty_is_caught():
    with pytest.raises(ValueError, match=r"role gardener names duties that do not exist: cases\.water"):
        _role("gardener", "Gardener", Seat.DEPARTMENT, "cases.see cases.water")


def test_every_duty_is_given_by_some_role():
    assert frozenset().union(*(role.duties for role in ROLES.values())) == DUTIES.keys()


def test_every_role_is_tied_to_exactly_one_kind_of_seat():
    assert sorted(ROLES) == sorted(key for seat in Seat for key in roles_at(seat))


def test_a_role_at_an_area_says_at_which_levels():
    assert [role.key for role in ROLES.values() if bool(role.levels) == (role.seat is Seat.DEPARTMENT)] == []


def test_only_four_roles_are_kept_apart():
    assert [role.key for role in ROLES.values() if role.is_apart] == [
        *("posting_officer", "administrator", "security_officer", "auditor")
    ]


def test_keys_never_carry_the_duties_that_manage_people():
    assert {duty for duty in DUTIES if duty.startswith("people.")}.isdisjoint(KEY_DUTIES)


def test_of_what_only_roles_of_trust_may_do_a_key_gives_the_preparing_alone():
    trusted = frozenset().union(*(role.duties for role in ROLES.values() if role.is_apart))
    ordinary = frozenset().union(*(role.duties for role in ROLES.values() if not role.is_apart))

    assert {"people.accounts", "people.keys", "people.audit"} <= trusted - ordinary
    assert (trusted - ordinary) & KEY_DUTIES == {"emergency.manage", "counter.scripts"}
