from datetime import UTC, datetime

import pytest

from jingwei.exchange.records.entries import Reader, UnfitError
from jingwei.exchange.records.reading import Record
from jingwei.exchange.records.testing import OPEN, ROW, a_mapping, a_row
from jingwei.kernel.public import Refused

NOW = datetime(2021, 1, 1, tzinfo=UTC)
HEADER = list(ROW)


def entry(row, mapping=None):
    reader = Reader(mapping or a_mapping(), list(row), "town.csv", NOW)
    return reader.read(Record(7, list(row.values())))


def test_a_row_becomes_an_entry_in_our_terms():
    read = entry(a_row(1, said=" it is dark "))

    assert (read.row, read.key, read.condition, read.channel, read.outcome) == (7, "T-1", "0201/01", "phone", "solved")
    assert read.reported_at == datetime(2020, 3, 2, 9, tzinfo=UTC)
    assert read.due_at == datetime(2020, 3, 5, 9, tzinfo=UTC)
    assert read.closed_at == datetime(2020, 3, 4, 9, tzinfo=UTC)
    assert read.is_kept is True
    assert (read.words, read.result, read.place, read.street) == ("it is dark", "new bulb", "12 Rue Basse", "Rue Basse")
    assert (read.longitude, read.latitude, read.community) == (1.15, 40.85, "Harbour")


def test_an_open_row_has_no_end_and_no_outcome():
    read = entry(a_row(1, **OPEN))

    assert (read.closed_at, read.outcome, read.is_kept) == (None, "", False)


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"no": " "}, "key", "no key"),
        ({"no": "9" * 81}, "key", "80 characters"),
        ({"opened": ""}, "reported", "does not say when it was opened"),
        ({"opened": "0000-01-01 10:00"}, "reported", "“0000-01-01 10:00” is not a date"),
        ({"opened": "2020-02-30 10:00"}, "reported", "is not a date"),
        ({"opened": "02/03/2020"}, "reported", "is not a date"),
        ({"opened": "2121-03-02 10:00", "target": "", **OPEN}, "reported", "2121-03-02 10:00:00 lies in the future"),
        ({"closed": "2121-03-02 10:00"}, "closed", "lies in the future"),
        ({"closed": "2020-03-02 09:59"}, "closed", "before it was opened 2020-03-02 10:00"),
        ({"target": "2020-03-01 10:00"}, "due", "lies before the opening"),
        ({"target": "soon"}, "due", "“soon” is not a date"),
        ({"closed": ""}, "closed", "there is no closing time"),
        ({"state": "o"}, "status", "there is a closing time"),
        ({"state": "?"}, "status", "does not say what “?” means"),
        ({"kept": "maybe"}, "verdict", "does not say what “maybe” means"),
        ({"kind": "dragon"}, "category", "does not say what “dragon” means"),
        ({"x": "east"}, "longitude", "“east” is not a number"),
        ({"y": "nan"}, "latitude", "“nan” is not a number"),
        ({"x": ""}, "longitude", "a latitude, but no longitude"),
        ({"y": ""}, "latitude", "a longitude, but no latitude"),
        ({"x": "0", "y": "0"}, "longitude", "outside 小镇"),
        ({"x": "40.5", "y": "1.5"}, "longitude", "outside 小镇"),
    ],
)
def test_a_row_with_something_wrong_is_refused_by_field_and_reason(cells, field, said):
    with pytest.raises(UnfitError) as unfit:
        entry(a_row(1, **cells))

    assert unfit.value.field == field
    assert said in unfit.value.reason


def test_a_record_from_before_the_first_day_is_refused():
    mapping = a_mapping(time={"earliest": "2020-03-03"})

    with pytest.raises(UnfitError, match="Opened on 2020-03-02, before 2020-03-03"):
        entry(a_row(1), mapping)


def test_a_closing_a_little_early_counts_as_the_opening_where_the_mapping_allows():
    mapping = a_mapping(time={"early_closing": 60, "formats": ["%Y-%m-%d %H:%M:%S"]})
    row = a_row(1, opened="2020-03-02 10:00:40", closed="2020-03-02 10:00:00", target="")

    read = entry(row, mapping)

    assert read.closed_at == read.reported_at
    assert read.closed_early
    with pytest.raises(UnfitError, match="before it was opened"):
        entry({**row, "closed": "2020-03-02 09:59:00"}, mapping)


def test_a_day_without_a_time_opens_at_its_beginning_and_closes_at_its_end():
    read = entry(a_row(1, opened="2020-03-02", closed="2020-03-02", target="2020-03-02"))

    assert read.reported_at == datetime(2020, 3, 1, 23, tzinfo=UTC)
    assert read.closed_at == read.due_at == datetime(2020, 3, 2, 22, 59, 59, tzinfo=UTC)


def test_the_hour_that_comes_twice_does_not_turn_a_record_round():
    mapping = a_mapping(columns={"due": ""})
    read = entry(a_row(1, opened="2020-10-25 02:50", closed="2020-10-25 02:10"), mapping)

    assert (read.closed_at - read.reported_at).total_seconds() == 20 * 60


def test_a_point_that_stands_for_none_is_none():
    mapping = a_mapping(district={"no_point": [[1.5, 40.5]]})

    read = entry(a_row(1, x="1.50", y="40.5"), mapping)

    assert (read.longitude, read.latitude) == (None, None)


def test_an_outcome_is_found_in_the_result():
    assert entry(a_row(1, result="this is a twin of another")).outcome == "explained"


def test_what_no_value_lists_takes_the_meaning_of_all_others():
    assert entry(a_row(1, by="pigeon")).channel == "other"


def test_communities_are_called_as_the_mapping_calls_them():
    mapping = a_mapping(values={**a_values(), "community": {"mill": "Mill"}})

    assert entry(a_row(1, quarter="mill"), mapping).community == "Mill"


def test_words_of_several_columns_are_kept_once():
    mapping = a_mapping(columns={"words": ["kind", "said"]})

    assert entry(a_row(1, said="lamp"), mapping).words == "lamp"
    assert entry(a_row(1, said="dark"), mapping).words == "lamp\ndark"


def test_a_place_that_is_too_long_is_shortened():
    assert entry(a_row(1, address="x" * 300)).place == "x" * 199 + "…"


def test_an_id_follows_source_and_key():
    assert entry(a_row(1)).id == entry(a_row(1, said="other")).id
    assert entry(a_row(1)).id != entry(a_row(2)).id
    assert entry(a_row(1)).id != entry(a_row(1), a_mapping(source="other-town")).id


def test_a_digest_follows_the_columns_that_are_used():
    plain = entry(a_row(1)).digest

    assert entry({"index": "17", **a_row(1)}).digest == plain
    assert entry(a_row(1, result="other")).digest != plain


def test_a_column_that_is_missing_is_named_with_those_that_there_are():
    with pytest.raises(Refused, match=r"town\.csv has no column “target”.*Its columns are: no, opened, closed"):
        Reader(a_mapping(), [name for name in HEADER if name != "target"], "town.csv", NOW)


def test_a_column_that_is_there_twice_is_refused():
    with pytest.raises(Refused, match="the column “no” twice"):
        Reader(a_mapping(), [*HEADER, "no"], "town.csv", NOW)


def test_columns_that_are_not_used_are_told():
    assert Reader(a_mapping(), [*HEADER, "colour", ""], "town.csv", NOW).unused == ["colour"]


def a_values():
    return {
        "category": {"lamp": "0201/01"},
        "status": {"c": "closed"},
        "verdict": {"yes": "on_time"},
    }
