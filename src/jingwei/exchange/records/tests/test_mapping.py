from datetime import date

import pytest

from jingwei.cases.public import condition_of, load_categories
from jingwei.exchange.records.mapping import SHIPPED, read_mapping
from jingwei.exchange.records.testing import CITY, a_mapping
from jingwei.kernel.public import Refused

NAMES = sorted(path.stem for path in SHIPPED.glob("*.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_mapping_is_found_by_its_name(name):
    mapping = read_mapping(name)

    assert mapping.licence
    assert mapping.attribution
    west, south, east, north = mapping.district.bounds
    assert west < mapping.district.bounds[2] <= east
    assert south < north


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_mapping_names_conditions_of_our_table(name):
    load_categories()

    for value, meaning in read_mapping(name).values.category.items():
        assert condition_of(*meaning.split("/")), value


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_mapping_puts_each_community_into_one_street(name):
    listed = [community for street in read_mapping(name).district.streets for community in street.communities]

    assert len(listed) == len(set(listed))
    assert {*read_mapping(name).values.community.values()} <= {*listed}


def test_shipped_districts_have_codes_of_their_own():
    assert len({read_mapping(name).district.code for name in NAMES}) == len(NAMES)


def test_a_mapping_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(Refused, match=r"no mapping nowhere\.toml.*boston, chicago"):
        read_mapping("nowhere.toml")


def test_a_mapping_of_ones_own_is_read_from_its_file(tmp_path):
    path = tmp_path / "town.toml"
    path.write_text((SHIPPED / "boston.toml").read_text().replace("boston-311", "new-boston"))

    assert read_mapping(str(path)).source == "new-boston"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("America/New_York", "America/Boston", "no time zone “America/Boston”"),
        ('"utf-8", "cp1252"', '"utf-16"', "“utf-16” cannot be read line by line"),
        ('"utf-8", "cp1252"', '"utf-9"', "no encoding “utf-9”"),
        ('"990201"', '"9902"', "9902 is not the code of a district"),
        ("grids = 400", "grids = 0", "grids"),
        ("grids = 400", 'grids = 400\ncolour = "red"', "colour"),
        ('"0201/01"', '"0201"', "category"),
        ('latitude = "LATITUDE"', "", "both a longitude and a latitude"),
        ('"on_time"', '"punctual"', "punctual"),
        ('verdict = "OnTime_Status"', "", "“verdict”"),
        ("-71.20, 42.22, -70.98", "-70.98, 42.22, -71.20", "west, south, east, north"),
        (r"'^(INTERSECTION|", r"'^((INTERSECTION|", "not a regular expression"),
        ('key = "CASE_ENQUIRY_ID"', "", "key"),
        ("[columns]", "[columns", "boston.toml"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(tmp_path, before, after, said):
    text = (SHIPPED / "boston.toml").read_text()
    assert before in text
    path = tmp_path / "boston.toml"
    path.write_text(text.replace(before, after, 1))

    with pytest.raises(Refused) as refused:
        read_mapping(str(path))

    assert "boston.toml cannot be used" in refused.value.message
    assert said in refused.value.message


def test_without_status_or_closing_nothing_is_closed():
    columns = {key: value for key, value in CITY["columns"].items() if key not in {"status", "closed", "verdict"}}

    with pytest.raises(ValueError, match="nothing says what is closed"):
        a_mapping(columns={**dict.fromkeys(CITY["columns"], ""), **columns, "words": []})


def test_holidays_and_hours_make_the_calendar_of_the_source():
    calendar = a_mapping(time={"hours": [["09:00:00", "12:00:00"]]}).time.calendar()

    assert calendar.zone.key == "Europe/Paris"
    assert set(calendar.years) == {2020}
    assert calendar.day(date(2020, 3, 4)).minutes == 3 * 60


def test_the_day_a_file_was_drawn_is_told_by_the_clock_of_the_source():
    drawn_at = a_mapping(time={"as_of": "2020-07-01T12:00:00"}).time.drawn_at

    assert drawn_at.isoformat() == "2020-07-01T12:00:00+02:00"
