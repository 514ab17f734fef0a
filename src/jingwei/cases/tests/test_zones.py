"""Open cases go along when areas change; what is closed keeps the code of its day."""

from datetime import timedelta

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.cases import actions, desk, docket, zones
from jingwei.cases.actions import report_case
from jingwei.cases.models import Case, DocketCount, DocketEntry, Photo, Report, Step, Words
from jingwei.cases.testing import MONDAY, a_case, a_draft, verbs_of
from jingwei.kernel.public import FactRow, clock, may
from jingwei.people.public import load_member
from jingwei.people.testing import a_key, the_cast
from jingwei.places.public import (
    Area,
    Moment,
    Moved,
    PartWanted,
    apply_due_changes,
    approve_change,
    bring_latecomers,
    codes,
    plan_merge,
    plan_move,
    plan_split,
    preview,
)
from jingwei.places.testing import a_grid, a_unit, an_area

pytestmark = pytest.mark.django_db
DAY = MONDAY.date() + timedelta(days=30)
GIVEN = {"takes_effect_on": DAY, "reason": "Decision 12", "by": None}
BOUNDS = (114.0, 30.0, 114.01, 30.01)


@pytest.fixture
def cast():
    cast = the_cast()
    an_area(cast.community)
    a_grid(Area.objects.get(pk=cast.community), bounds=BOUNDS)
    return cast


def split(cast):
    """The grid of the cast into west and east; what has no place of its own falls to the west."""
    wanted = [
        PartWanted(name="West", outline=shapely.box(114.0, 30.0, 114.005, 30.01)),
        PartWanted(name="East", outline=shapely.box(114.005, 30.0, 114.01, 30.01)),
    ]
    with clock.frozen(MONDAY):
        return plan_split(Area.objects.get(pk=cast.grid), wanted, **GIVEN)


def in_effect(change):
    with clock.frozen(MONDAY):
        approve_change(change, by=None)
    with clock.frozen(MONDAY + timedelta(days=30)):
        assert [why_not for _change, why_not in apply_due_changes()] == [""]
    return [part.code for part in change.parts.all()]


def ledger():
    """What the counts say, by holder: area codes only."""
    docket.fold_counts()
    rows = DocketCount.objects.filter(holder="a").values_list("holder_id", "tray", "due_on", "amount")
    return {(holder, tray, due): amount for holder, tray, due, amount in rows}


def entries():
    """The same from the entries themselves."""
    found = {}
    for entry in DocketEntry.objects.filter(holder="a"):
        key = (entry.holder_id, entry.tray, clock.local(entry.due_at).date())
        found[key] = found.get(key, 0) + 1
    return found


EAST_POINT = {"longitude": 114.007, "latitude": 30.005}
WEST_POINT = {"longitude": 114.002, "latitude": 30.005}


def test_open_cases_go_to_the_part_where_they_are_and_closed_ones_stay(cast):
    there = a_case("filed", cast=cast, **EAST_POINT)
    here = a_case("dispatched", cast=cast, **WEST_POINT)
    somewhere = a_case(cast=cast)
    closed = a_case("closed", cast=cast, **EAST_POINT)

    west, east = in_effect(split(cast))

    codes_now = dict(Case.objects.values_list("pk", "code"))
    assert codes_now == {there.pk: east, here.pk: west, somewhere.pk: west, closed.pk: cast.grid}


def test_what_stands_beside_a_case_goes_along_and_steps_keep_their_word(cast):
    case = a_case("dispatched", cast=cast, **EAST_POINT)
    version = case.version

    _west, east = in_effect(split(cast))

    assert set(Report.objects.filter(case=case).values_list("code", flat=True)) == {east}
    assert set(Words.objects.filter(case=case).values_list("code", flat=True)) == {east}
    assert not Photo.objects.filter(case=case).exclude(code=east).exists()
    assert verbs_of(case)[-1] == "rezone"
    step = Step.objects.filter(case=case).last()
    assert (step.actor_id, step.detail, step.before, step.after) == (None, {"code": east}, case.status, case.status)
    case.refresh_from_db()
    assert case.version == version + 1
    told = FactRow.objects.get(kind="case.moved", data__verb="rezone")
    assert (told.code, told.data["case_id"]) == (east, str(case.pk))


def test_dockets_and_counts_move_with_the_cases_and_their_sums_stay(cast):
    for status in ("reported", "filed", "dispatched", "in_hand", "handled"):
        a_case(status, cast=cast, **EAST_POINT)
        a_case(status, cast=cast)
    before = {key: amount for key, amount in ledger().items() if key[0] != cast.grid}
    departments = list(DocketEntry.objects.exclude(holder="a").order_by("pk").values_list("pk", "due_at"))

    west, east = in_effect(split(cast))

    assert ledger() == entries()
    assert {key: amount for key, amount in ledger().items() if key[0] not in (west, east)} == before
    assert sum(amount for (holder, *_rest), amount in ledger().items() if holder == west) == 5
    assert sum(amount for (holder, *_rest), amount in ledger().items() if holder == east) == 5
    assert list(DocketEntry.objects.exclude(holder="a").order_by("pk").values_list("pk", "due_at")) == departments


def test_a_moved_grid_takes_its_cases_to_the_docket_of_its_new_community(cast):
    case = a_case("filed", cast=cast)
    with clock.frozen(MONDAY):
        there = an_area(codes.child(codes.ancestor(cast.grid, codes.Level.STREET), 2))
        change = plan_move(Area.objects.get(pk=cast.grid), there, **GIVEN)

    (grid,) = in_effect(change)

    holders = set(DocketEntry.objects.filter(case=case, holder="a").values_list("holder_id", flat=True))
    assert holders == {
        grid,
        there.code,
        codes.ancestor(grid, codes.Level.STREET),
        codes.ancestor(grid, codes.Level.DISTRICT),
    }
    assert ledger() == entries()


def test_cases_of_a_unit_go_with_it(cast):
    unit = a_unit(Area.objects.get(pk=cast.grid))
    case = a_case(cast=cast)
    Case.objects.filter(pk=case.pk).update(code=unit.code)
    other = a_case(cast=cast)
    with clock.frozen(MONDAY):
        beside = a_unit(Area.objects.get(pk=cast.grid))
        change = plan_merge([unit, beside], name="Both", **GIVEN)

    (whole,) = in_effect(change)

    assert dict(Case.objects.values_list("pk", "code")) == {case.pk: whole, other.pk: cast.grid}


def test_the_preview_counts_open_cases_by_part_and_lists_them(cast):
    there = a_case("filed", cast=cast, **EAST_POINT)
    a_case(cast=cast)
    a_case("closed", cast=cast)

    seen = preview(split(cast))

    figure = next(figure for figure in seen.figures if figure.key == "cases")
    assert (figure.total, [figure.of(part) for part in seen.plan.parts]) == (2, [1, 1])
    (line,) = seen.lines("cases", seen.plan.parts[1].code)
    assert (line.title, line.note) == ("Lamp is out", there.number)
    assert there.number in line.url


def test_workers_of_the_parts_see_what_happened_before_and_work_on(cast):
    closed = a_case("closed", cast=cast)
    filed = a_case("filed", cast=cast, **EAST_POINT)

    west, east = in_effect(split(cast))

    with clock.frozen(MONDAY + timedelta(days=30)):
        worker = load_member(cast.grid_worker.pk)
        assert {post.first for post in worker.posts} == {west, east}
        assert may(worker, "cases.see", closed)
        filed.refresh_from_db()
        assert may(worker, "cases.see", filed)
        assert {str(holder) for holder in desk.holders_of(worker)} == {f"a{west}", f"a{east}"}


def test_a_case_that_is_reopened_lies_where_its_place_is_today(cast):
    there = a_case("closed", cast=cast, **EAST_POINT)
    nowhere = a_case("closed", cast=cast)

    _west, east = in_effect(split(cast))

    with clock.frozen(MONDAY + timedelta(days=31)):
        resident = load_member(cast.resident.pk)
        assert actions.reopen_case(there, words="Still dark", by=resident).code == east
        assert actions.reopen_case(nowhere, words="Still dark", by=resident).code == cast.community
    assert Step.objects.filter(case=there).last().detail == {"code": east}
    assert set(Report.objects.filter(case=there).values_list("code", flat=True)) == {east}
    assert ledger() == entries()


def test_a_report_that_names_the_old_area_comes_to_the_one_there_today(cast):
    late, lost = a_draft(cast.grid, **EAST_POINT), a_draft(cast.grid)
    change = split(cast)

    _west, east = in_effect(change)

    with clock.frozen(MONDAY + timedelta(days=31)):
        assert Case.objects.get(pk=report_case(late, by=cast.resident).case_id).code == east
        assert Case.objects.get(pk=report_case(lost, by=cast.resident).case_id).code == cast.community


def test_what_was_written_meanwhile_is_brought_along(cast):
    change = split(cast)
    _west, east = in_effect(change)
    with clock.frozen(MONDAY + timedelta(days=30)):
        Area.objects.filter(pk=cast.grid).update(ends_on=None)
        late = Case.objects.get(pk=report_case(a_draft(cast.grid, **EAST_POINT), by=cast.resident).case_id)
        Area.objects.filter(pk=cast.grid).update(ends_on=DAY)

        bring_latecomers()
        bring_latecomers()

    late.refresh_from_db()
    assert late.code == east
    assert verbs_of(late) == ["report", "rezone"]
    assert ledger() == entries()


def test_moving_cases_costs_the_same_statements_for_each_batch(cast, monkeypatch):
    a_grid(Area.objects.get(pk=cast.community))
    target = cast.grid + 1000
    moment = Moment(None, DAY, None, MONDAY)

    def asked(count, at_once):
        cases = [a_case("filed", cast=cast) for _ in range(count)]
        monkeypatch.setattr(zones, "AT_ONCE", at_once)
        with CaptureQueriesContext(connection) as queries:
            zones.OpenCases().move([Moved(case.pk, cast.grid, (target,)) for case in cases], moment)
        assert set(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("code", flat=True)) == {target}
        return len([query for query in queries if "case_" in query["sql"]])

    assert asked(6, 500) == asked(2, 500) == 6
    assert asked(6, 3) == 2 * 6


def test_what_was_closed_or_filed_elsewhere_meanwhile_is_left_alone(cast):
    closed, filed = a_case("closed", cast=cast), a_case("filed", cast=cast)
    moved = [Moved(case.pk, code, (cast.grid + 1000,)) for case, code in ((closed, cast.grid), (filed, cast.community))]

    zones.OpenCases().move(moved, Moment(None, DAY, None, MONDAY))

    assert set(Case.objects.values_list("code", flat=True)) == {cast.grid}


def test_the_cases_of_an_area_are_those_of_its_history_too(cast, client):
    closed, filed = a_case("closed", cast=cast), a_case("filed", cast=cast, **EAST_POINT)
    header = a_key(["cases.see"], [cast.community])

    west, east = in_effect(split(cast))

    def listed(area):
        answer = client.get(f"/api/v1/cases?area={area}", headers={"authorization": header}).json()
        return {item["number"] for item in answer["items"]}

    assert listed(west) == {closed.number}
    assert listed(east) == {closed.number, filed.number}
    assert listed(cast.community) == {closed.number, filed.number}
