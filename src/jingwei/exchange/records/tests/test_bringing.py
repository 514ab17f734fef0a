from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from jingwei.cases.public import Case, Category, check_case, handle_case
from jingwei.exchange.records import bringing
from jingwei.exchange.records.bringing import LOCK
from jingwei.exchange.records.mapping import read_mapping
from jingwei.exchange.records.staff import post_staff
from jingwei.exchange.records.testing import OPEN, Onlooker, a_mapping, a_row, bring_in, listed, write_table
from jingwei.kernel.public import FactRow, Refused
from jingwei.people.public import Department, load_member
from jingwei.people.testing import a_member
from jingwei.places.public import Area, Level
from jingwei.places.testing import a_community, a_district, a_grid, a_street

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"
SAMPLES = {"boston": 57, "chicago": 54}


@pytest.fixture
def town(tmp_path):
    """Brings rows of the little town in; gives the tally."""

    def bring(*rows, mapping=None, **options):
        path = write_table(tmp_path / "town.csv", rows)
        return bring_in(tmp_path, mapping or a_mapping(), path, **options)

    return bring


def refusals(folder):
    return [(row["row"], row["field"]) for row in listed(folder / "refused.csv")]


def the_case(key):
    return Case.objects.get(reports__source_key=key)


def test_a_closed_record_becomes_a_closed_case_with_its_steps(town):
    tally = town(a_row(1))

    case = the_case("T-1")
    assert (tally.imported, tally.closed, tally.on_time, tally.agree) == (1, 1, 1, 1)
    assert (case.status, case.outcome, case.channel) == ("closed", "solved", "phone")
    assert (case.title, case.place) == ("Street lamp, Rue Basse", "12 Rue Basse")
    assert [(step.verb, step.occurred_at.day) for step in case.steps.all()] == [
        ("report", 2),
        ("file", 2),
        ("dispatch", 2),
        ("report_in", 2),
        ("handle", 4),
        ("check", 4),
    ]
    assert [words.text for words in case.words.order_by("id")] == ["it is dark", "new bulb"]


def test_the_target_of_the_source_is_the_promise(town):
    town(a_row(1, target="2020-03-20 10:00"))

    assert the_case("T-1").due_at == datetime(2020, 3, 20, 9, tzinfo=UTC)


def test_without_a_target_the_limit_of_our_category_is_the_promise(town):
    tally = town(a_row(1, target=""))

    assert the_case("T-1").due_at == datetime(2020, 3, 5, 9, tzinfo=UTC)  # three working days
    assert tally.notes["own_limit"] == 1


def test_an_open_record_stays_in_hand_of_its_department(town):
    tally = town(a_row(1, **OPEN), a_row(2, closed="2020-03-06 10:00", kept="no"))

    case = the_case("T-1")
    assert (tally.open, tally.closed, tally.overdue, tally.agree) == (1, 1, 2, 2)
    assert (case.status, case.closed_at) == ("in_hand", None)
    assert case.steps.get(verb="dispatch").department == Department.objects.get(name="照明所")


def test_a_record_lies_in_the_grid_around_its_point(town):
    town(*(a_row(number) for number in range(40)))

    for case in Case.objects.all():
        grid = Area.objects.get(pk=case.code)
        assert grid.level == Level.GRID
        assert grid.boundary.min_longitude <= case.longitude <= grid.boundary.max_longitude
        assert grid.boundary.min_latitude <= case.latitude <= grid.boundary.max_latitude


def test_a_record_without_a_point_lies_in_its_community_or_is_refused(town, tmp_path):
    nowhere = {"x": "", "y": ""}
    tally = town(
        *(a_row(number) for number in range(30)),
        a_row(30, **nowhere, quarter="Mill"),
        a_row(31, **nowhere, quarter="Atlantis"),
    )

    assert Area.objects.get(pk=the_case("T-30").code).name == "Mill"
    assert (tally.imported, tally.refused) == (31, 1)
    assert refusals(tmp_path) == [("33", "place")]


def test_a_record_without_a_place_lies_in_the_district_where_the_mapping_says_so(town):
    town(a_row(1, x="", y="", quarter=""), mapping=a_mapping(district={"placeless": "district"}))

    assert (the_case("T-1").code, the_case("T-1").level) == (990401 * 10**12, "district")


def test_a_second_run_imports_nothing_new(town):
    rows = [a_row(number) for number in range(20)]
    town(*rows)
    before = Case.objects.count(), Area.objects.count(), Department.objects.count(), FactRow.objects.count()

    tally = town(*rows)

    assert (tally.read, tally.imported, tally.already, tally.refused) == (20, 0, 20, 0)
    assert (Case.objects.count(), Area.objects.count(), Department.objects.count(), FactRow.objects.count()) == before


def test_more_records_later_use_the_same_ground(town):
    town(*(a_row(number) for number in range(20)))
    areas = Area.objects.count()

    tally = town(*(a_row(number, **({"office": "New"} if number >= 20 else {})) for number in range(15, 40)))

    assert (tally.imported, tally.already) == (20, 5)
    assert Area.objects.count() == areas
    assert Department.objects.filter(name="New").exists()


def test_areas_that_are_there_are_used_as_they_are(town):
    street = a_street(a_district(code=990401 * 10**12, name="小镇"))
    mill = a_community(street, name="Mill")
    grid = a_grid(mill, bounds=(1.4, 40.4, 1.6, 40.6))

    town(a_row(1, x="1.5", y="40.5"), a_row(2, x="1.9", y="40.9", quarter="Mill"), a_row(3, x="", y="", quarter="Mill"))

    assert [the_case(key).code for key in ("T-1", "T-2", "T-3")] == [grid.code, mill.code, mill.code]
    assert Area.objects.count() == 4


@pytest.mark.parametrize("is_trial", [True, False])
def test_a_key_that_comes_again_is_already_there_or_refused(town, tmp_path, is_trial):
    rows = [a_row(1), a_row(1), a_row(1, result="something else"), a_row(2)]

    tally = town(*rows, is_trial=is_trial)

    assert (tally.read, tally.imported, tally.already, tally.refused) == (4, 2, 1, 1)
    assert refusals(tmp_path) == [("4", "key")]


def test_a_record_that_changed_stays_as_it_was_and_is_listed(town, tmp_path):
    town(a_row(1, **OPEN))

    tally = town(a_row(1))

    assert (tally.imported, tally.refused) == (0, 1)
    assert the_case("T-1").status == "in_hand"
    assert listed(tmp_path / "refused.csv") == [
        {
            "file": "town.csv",
            "row": "2",
            "field": "key",
            "reason": "A record with the key T-1 came before with other contents; that one stands.",
        }
    ]


def test_a_trial_decides_the_same_and_leaves_nothing(town, tmp_path):
    rows = [a_row(number, **({**OPEN, "kept": "yes"} if number % 3 else {})) for number in range(30)]
    rows += [a_row(40, closed="2019-01-01"), a_row(41, kept="")]

    trial = town(*rows, is_trial=True)
    lists = listed(tmp_path / "refused.csv"), listed(tmp_path / "differing.csv")
    left = Case.objects.count(), Area.objects.count(), Department.objects.count(), Category.objects.count()
    real = town(*rows)

    assert left == (0, 0, 0, 0)
    assert {**trial.figures(), "seconds": 0} == {**real.figures(), "seconds": 0}
    assert (listed(tmp_path / "refused.csv"), listed(tmp_path / "differing.csv")) == lists
    assert [len(rows) for rows in lists] == [1, 1]


def test_bad_rows_are_listed_and_the_rest_goes_in(town, tmp_path):
    tally = town(a_row(1), a_row(2, opened="yesterday"), a_row(3, x="7"), a_row(4))

    assert (tally.read, tally.imported, tally.refused) == (4, 2, 2)
    assert refusals(tmp_path) == [("3", "reported"), ("4", "longitude")]


def test_an_import_that_is_stopped_goes_on_where_it_was(town, monkeypatch):
    monkeypatch.setattr(bringing, "BATCH", 10)
    rows = [a_row(number) for number in range(35)]

    first = town(*rows, watcher=Onlooker(rows=20))
    second = town(*rows)

    assert (first.read, first.imported) == (20, 20)
    assert (second.read, second.imported, second.already) == (35, 15, 20)


def test_an_import_that_is_killed_keeps_its_whole_batches(town, monkeypatch):
    monkeypatch.setattr(bringing, "BATCH", 10)
    rows = [a_row(number) for number in range(35)]

    class Killer(Onlooker):
        def progressed(self, tally, rows):
            if tally.read == 20:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town(*rows, watcher=Killer())

    assert Case.objects.count() == 20
    assert town(*rows).imported == 15


def test_a_missing_column_ends_it_before_anything_is_written(town):
    row = a_row(1)
    del row["target"]

    with pytest.raises(Refused, match="no column “target”"):
        town(row)

    assert (Category.objects.count(), Area.objects.count()) == (0, 0)


def test_a_second_file_without_a_column_ends_it_before_the_first_is_read(tmp_path):
    good = write_table(tmp_path / "good.csv", [a_row(1)])
    bad = write_table(tmp_path / "bad.csv", [{"no": "1"}])

    with pytest.raises(Refused, match=r"bad\.csv has no column"):
        bring_in(tmp_path, a_mapping(), good, bad)

    assert not Case.objects.exists()


def test_a_condition_that_our_table_lacks_ends_it_before_anything_is_written(town):
    values = {"category": {"lamp": "9901/01"}, "status": {"c": "closed"}, "verdict": {"yes": "on_time"}}

    with pytest.raises(Refused, match="no category 9901"):
        town(a_row(1), mapping=a_mapping(values=values))

    assert (Category.objects.count(), Area.objects.count()) == (0, 0)


def test_a_code_that_is_taken_is_refused(town):
    a_district(code=990401 * 10**12, name="大城")

    with pytest.raises(Refused, match="990401 belongs to 大城"):
        town(a_row(1))


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_source_do_not_run_at_once(town):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext('little-town'))", [LOCK])
        try:
            with pytest.raises(Refused, match="Another import from little-town is running"):
                town(a_row(1))
        finally:
            other.close()

    assert town(a_row(1)).imported == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_row(1, kept=""), "The source gives no judgement."),
        (a_row(1, target="", kept="no"), "The source gives no target. By the limit of our category it was due at"),
        (a_row(1, kept="no"), "It was closed at 2020-03-04 09:00:00 UTC and due at 2020-03-05 09:00:00 UTC"),
        (
            a_row(1, **{**OPEN, "kept": "yes", "target": "2020-03-02 11:00"}),
            "It is open. Its target 2020-03-02 10:00:00",
        ),
    ],
)
def test_a_record_that_the_source_judges_otherwise_is_listed_with_its_reason(town, tmp_path, row, reason):
    tally = town(row, a_row(2))

    (other,) = listed(tmp_path / "differing.csv")
    assert (tally.agree, tally.differ) == (1, 1)
    assert (other["file"], other["row"], other["key"]) == ("town.csv", "2", "T-1")
    assert other["reason"].startswith(reason)


def test_open_records_are_judged_as_of_the_day_the_file_was_drawn(town):
    row = a_row(1, **{**OPEN, "target": "2020-03-10 10:00"})

    assert town(row, mapping=a_mapping(time={"as_of": "2020-03-09T10:00:00"}), is_trial=True).on_time == 1
    assert town(row, mapping=a_mapping(time={"as_of": "2020-03-11T10:00:00"}), is_trial=True).overdue == 1


def test_a_source_that_judges_nothing_neither_agrees_nor_differs(town, tmp_path):
    values = {"category": {"lamp": "0201/01"}, "status": {"c": "closed"}, "verdict": {}}

    tally = town(a_row(1), mapping=a_mapping(columns={"verdict": ""}, values=values))

    assert (tally.imported, tally.agree, tally.differ) == (1, 0, 0)
    assert not (tmp_path / "differing.csv").exists()


def test_the_cases_are_worked_on_by_those_who_get_the_desk(town):
    town(a_row(1, **OPEN))
    anna, ben = a_member(), a_member()
    for member in (anna, ben):
        assert post_staff(990401 * 10**12, member, by=None) > 0
        assert post_staff(990401 * 10**12, member, by=None) == 0

    handle_case(the_case("T-1"), words="New bulb", by=load_member(anna.pk))
    check_case(the_case("T-1"), outcome="solved", by=load_member(ben.pk))

    assert the_case("T-1").status == "closed"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_a_sample_is_accounted_for(tmp_path, name):
    mapping = read_mapping(name)

    first = bring_in(tmp_path, mapping, DATA / f"{name}.csv")
    again = bring_in(tmp_path, mapping, DATA / f"{name}.csv")

    assert first.read == SAMPLES[name] == first.imported + first.refused + first.already
    assert first.open + first.closed == first.on_time + first.overdue == first.imported
    assert (again.imported, again.already, again.refused) == (0, first.imported + first.already, first.refused)


def test_the_sample_of_boston_agrees_or_says_why_not(tmp_path):
    tally = bring_in(tmp_path, read_mapping("boston"), DATA / "boston.csv")

    assert tally.refused == 0
    assert tally.agree + tally.differ == tally.imported
    assert {row["reason"].split(". ")[0] for row in listed(tmp_path / "differing.csv")} == {
        "The source gives no judgement.",
        "The source gives no target",
        "It is open",
    }
    assert (tally.notes["early"], tally.notes["community"], tally.notes["district"]) == (3, 2, 6)


def test_the_sample_of_chicago_refuses_what_cannot_be(tmp_path):
    bring_in(tmp_path, read_mapping("chicago"), DATA / "chicago.csv")

    fields = [row["field"] for row in listed(tmp_path / "refused.csv")]
    assert {field: fields.count(field) for field in set(fields)} == {"reported": 5, "place": 3, "key": 2}
