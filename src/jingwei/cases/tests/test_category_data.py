"""The shipped table of categories and departments: complete, in both languages, free of contradictions."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from jingwei.kernel.public import Limit, LimitKind

DATA = Path(__file__).parents[1] / "data"
OF_A_CLASS = (
    "kind",
    "major",
    "name_zh",
    "name_en",
    "level",
    "department",
    "check_by",
    "is_public_space",
    "spot_percent",
    "twin_metres",
    "twin_hours",
    "keywords_zh",
    "keywords_en",
)


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return _table("categories.csv")


@pytest.fixture(scope="module")
def departments() -> list[dict[str, str]]:
    return _table("departments.csv")


def _is_chinese(text: str) -> bool:
    return any("一" <= sign <= "鿿" for sign in text)


def test_counts_of_classes_and_conditions_reach_what_a_district_needs(rows):
    classes = {(row["kind"], row["code"]) for row in rows}
    per_kind = Counter(kind for kind, _code in classes)

    assert per_kind["facility"] >= 60
    assert per_kind["event"] >= 80
    assert len(rows) >= 260


def test_a_code_names_one_class_and_a_condition_number_occurs_once_in_it(rows):
    conditions = Counter((row["code"], row["condition"]) for row in rows)
    codes_of_name = defaultdict(set)
    for row in rows:
        codes_of_name[row["name_zh"]].add(row["code"])

    assert [key for key, times in conditions.items() if times > 1] == []
    assert [name for name, codes in codes_of_name.items() if len(codes) > 1] == []


def test_conditions_of_a_class_agree_in_everything_that_belongs_to_the_class(rows):
    facts = defaultdict(set)
    for row in rows:
        facts[row["code"]].add(tuple(row[column] for column in OF_A_CLASS))

    assert [code for code, variants in facts.items() if len(variants) > 1] == []


def test_conditions_of_a_class_are_numbered_from_one_without_a_gap(rows):
    numbers = defaultdict(list)
    for row in rows:
        numbers[row["code"]].append(row["condition"])

    for code, found in numbers.items():
        assert found == [f"{number:02}" for number in range(1, len(found) + 1)], code


def test_codes_are_two_digits_of_the_major_and_two_of_the_class(rows):
    bounds = {"facility": ("01", "19"), "event": ("21", "39")}
    for row in rows:
        lowest, highest = bounds[row["kind"]]
        assert row["code"].isdecimal(), row
        assert len(row["code"]) == 4, row
        assert row["code"][:2] == row["major"], row
        assert lowest <= row["major"] <= highest, row


def test_a_major_has_one_name_in_each_language(rows):
    names = defaultdict(set)
    for row in rows:
        names[row["major"]].add((row["major_zh"], row["major_en"]))

    assert [major for major, variants in names.items() if len(variants) > 1] == []


@pytest.mark.parametrize("column", ["major", "name", "condition", "closing", "keywords"])
def test_every_text_stands_in_both_languages(rows, column):
    for row in rows:
        chinese, english = row[f"{column}_zh"], row[f"{column}_en"]
        assert _is_chinese(chinese), row
        assert english.isascii(), row
        assert english.strip(), row
        assert [text.strip() for text in (chinese, english)] == [chinese, english], row


def test_every_limit_is_one_that_the_calendar_can_reckon(rows):
    for row in rows:
        limit = Limit(LimitKind(row["limit_kind"]), int(row["limit_amount"]))
        longest = {"urgent_hours": 24, "working_hours": 24, "working_days": 30, "natural_days": 90}
        assert limit.amount <= longest[limit.kind], row


def test_an_emergency_is_counted_in_urgent_hours(rows):
    emergencies = [row for row in rows if row["is_emergency"] == "1"]

    assert emergencies
    assert {row["limit_kind"] for row in emergencies} == {"urgent_hours"}


def test_manhole_covers_have_the_four_limits_that_every_city_knows(rows):
    sewage = [(row["limit_amount"], row["limit_kind"]) for row in rows if row["code"] == "0101"]

    assert sewage == [
        ("2", "urgent_hours"),
        ("4", "working_hours"),
        ("2", "working_days"),
        ("5", "working_days"),
    ]


def test_keys_are_known_and_every_department_is_somebodys_default(rows, departments):
    assert {row["level"] for row in rows} <= {"grid", "community", "street", "district"}
    assert {row["check_by"] for row in rows} == {"worker", "reporter", "auto"}
    assert {row[flag] for row in rows for flag in ("is_public_space", "needs_photo", "is_emergency")} == {
        "0",
        "1",
    }
    assert {row["department"] for row in rows} == {department["key"] for department in departments}


def test_twins_are_sought_within_a_walk_and_a_month(rows):
    for row in rows:
        assert 2 <= int(row["twin_hours"]) <= 720, row
        assert 10 <= int(row["twin_metres"]) <= 200, row


def test_departments_have_a_key_and_two_names_each(departments):
    keys = [department["key"] for department in departments]

    assert len(set(keys)) == len(keys) >= 14
    for department in departments:
        assert _is_chinese(department["name_zh"]), department
        assert department["name_en"].isascii(), department
        assert department["level"] in {"community", "street", "district"}, department
