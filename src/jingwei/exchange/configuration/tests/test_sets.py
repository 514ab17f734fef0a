"""A set is kept, compared, tried, put into force as a whole, and taken back."""

from datetime import date

import pytest

from jingwei.cases.public import Case, condition_of
from jingwei.cases.testing import MONDAY, PLAIN, a_case
from jingwei.exchange.configuration.actions import adopt_set, bring_set, in_force
from jingwei.exchange.configuration.comparing import compared
from jingwei.exchange.configuration.files import written
from jingwei.exchange.configuration.models import ConfigurationSet
from jingwei.exchange.configuration.testing import files_with
from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people.public import load_member
from jingwei.people.testing import a_holder
from jingwei.places.public import Area, ancestor, codes

pytestmark = pytest.mark.django_db
LAMP = {"code": PLAIN[0], "condition": PLAIN[1]}


def is_lamp(row):
    return all(row[name] == value for name, value in LAMP.items())


def a_day_longer(rows):
    for row in filter(is_lamp, rows):
        row["limit_amount"] = str(int(row["limit_amount"]) + 1)


def administrator(cast):
    return a_holder("administrator", ancestor(cast.street, codes.Level.DISTRICT))


def difference(files, file):
    return next(part for part in compared(files) if part.part.file == file).difference


def test_what_holds_says_nothing_new_about_itself(cast):
    parts = compared(written())
    files = ["areas.csv", "roles.csv", "quiet-hours.csv", "categories.csv", "signals.csv", "routing.csv"]
    assert [part.part.file for part in parts] == files
    assert [part.faults for part in parts] == [[] for _file in files]
    assert not any(part.difference.is_there for part in parts)


def test_a_longer_limit_is_told_tried_and_put_into_force(cast):
    case = a_case("dispatched", cast=cast, at=MONDAY)
    other = Case.objects.values_list("number", flat=True)
    files = files_with("categories.csv", a_day_longer)
    (changed,) = difference(files, "categories.csv").changed
    assert (changed.key, changed.cells) == ("0201 01", (("limit_amount", "3", "4"),))

    part = next(part for part in compared(files) if part.part.file == "categories.csv")
    trial = part.trial(date(2026, 11, 16))
    assert trial.looked_at == len(other)
    (effect,) = trial.effects
    assert (effect.subject, effect.aspect) == (case.number, "Limit")
    assert effect.now == "3 working days, until 2026-11-19 09:00"
    assert effect.then == "4 working days, until 2026-11-20 09:00"
    assert part.trial(date(2026, 11, 17)).looked_at == 0

    adopt_set(bring_set(files, by=administrator(cast)), by=administrator(cast))
    assert condition_of(*PLAIN).limit_amount == 4
    assert Case.objects.get(pk=case.pk).condition.limit_amount == 3  # a case keeps the table it was filed under


def test_there_is_always_a_way_back(cast):
    by = administrator(cast)
    adopt_set(bring_set(files_with("categories.csv", a_day_longer), by=by), by=by)
    before = ConfigurationSet.objects.get(note="What held before set 1")
    adopt_set(before, by=by)
    assert condition_of(*PLAIN).limit_amount == 3
    assert in_force() == before
    assert ConfigurationSet.objects.count() == 2  # what held was kept once


def test_a_role_gives_other_duties_from_now_on(cast):
    def check_too(rows):
        leader = next(row for row in rows if row["role"] == "leader")
        leader["duties"] += " cases.check"

    files = files_with("roles.csv", check_too)
    trial = next(part for part in compared(files) if part.part.file == "roles.csv").trial(date(2026, 11, 16))
    assert [(effect.subject, effect.aspect, effect.now, effect.then) for effect in trial.effects] == [
        ("Leader: 1 person", "Check results", "no", "yes")
    ]
    by = administrator(cast)
    assert not cast.leader.has_duty("cases.check")
    adopt_set(bring_set(files, by=by), by=by)
    assert load_member(cast.leader.pk).has_duty("cases.check")
    adopt_set(ConfigurationSet.objects.get(note__startswith="What held"), by=by)
    assert not load_member(cast.leader.pk).has_duty("cases.check")


@pytest.mark.parametrize(
    ("role", "duties", "said"),
    [
        ("leader", "people.accounts", "only the roles that never meet"),
        ("auditor", "cases.see", "keeps its duties"),
        ("leader", "cases.fly", "no such duties: cases.fly"),
        ("emperor", "cases.see", "no role “emperor”"),
    ],
)
def test_roles_of_trust_keep_their_duties_and_theirs_alone(cast, role, duties, said):
    def change(rows):
        rows[0] |= {"role": role, "duties": duties}
        rows[1:] = [row for row in rows[1:] if row["role"] != role]

    (fault,) = next(part for part in compared(files_with("roles.csv", change)) if part.part.file == "roles.csv").faults
    assert (fault.row, said in fault.said) == (2, True), fault.said


def test_an_area_is_added_and_renamed_and_one_left_out_goes_on(cast):
    new = codes.child(cast.community, 7)

    def change(rows):
        rows[:] = [row for row in rows if row["code"] != codes.write(cast.grid)]
        rows.append({"code": codes.write(new), "name": "Seventh grid", "name_en": "", "standard_code": ""})
        next(row for row in rows if row["code"] == codes.write(cast.community))["name"] = "Lotus Pond"

    files = files_with("areas.csv", change)
    found = difference(files, "areas.csv")
    assert (len(found.added), len(found.changed), found.removed, found.staying) == (1, 1, [], 1)
    by = administrator(cast)
    adopt_set(bring_set(files, by=by), by=by)
    assert Area.objects.get(pk=new).name == "Seventh grid"
    assert Area.objects.get(pk=cast.community).name == "Lotus Pond"
    assert Area.objects.current().filter(pk=cast.grid).exists()


def test_a_set_with_a_fault_changes_nothing_at_all(cast):
    def wrong(rows):
        rows[0]["limit_amount"] = "soon"
        rows[5]["level"] = "moon"

    files = files_with("categories.csv", wrong) | {
        "roles.csv": files_with("roles.csv", lambda rows: rows[0].update(duties=""))["roles.csv"]
    }
    by = administrator(cast)
    brought = bring_set(files, by=by)
    part = next(part for part in compared(files) if part.part.file == "categories.csv")
    assert [fault.row for fault in part.faults] == [2, 7]
    with pytest.raises(Refused, match=r"2 faults .* categories\.csv row 2"):
        adopt_set(brought, by=by)
    assert in_force() is None
    assert ConfigurationSet.objects.count() == 1
    assert not any(part.difference.is_there for part in compared(written()))


def test_the_same_set_twice_is_refused(cast):
    by = administrator(cast)
    brought = bring_set(files_with("categories.csv", a_day_longer), by=by)
    adopt_set(brought, by=by)
    with pytest.raises(Refused, match="says what holds already"):
        adopt_set(brought, by=by)


def test_only_an_administrator_brings_and_adopts(cast):
    files = files_with("categories.csv", a_day_longer)
    for member in (cast.security_officer, cast.dispatcher, cast.resident):
        with pytest.raises(NotPermitted):
            bring_set(files, by=member)
    brought = bring_set(files, by=administrator(cast))
    with pytest.raises(NotPermitted):
        adopt_set(brought, by=cast.leader)
