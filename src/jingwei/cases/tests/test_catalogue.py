"""The category table: its editions, what is wrong with a file, and finding a category by what people say."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from jingwei.cases.catalogue import OURS, condition_of, current, load_categories, named
from jingwei.cases.models import Category, Condition, Edition
from jingwei.cases.testing import LONG_AGO, MONDAY
from jingwei.kernel.public import Refused, clock

pytestmark = pytest.mark.django_db
HEADER, FIRST, *_REST = OURS.read_text(encoding="utf-8").splitlines()
COLUMNS, CELLS = csv.reader([HEADER, FIRST])


@pytest.fixture
def table(tmp_path):
    """Writes a table of the first shipped row with some cells changed; gives its path."""

    def write(*rows, header=HEADER):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return path

    return write


def a_row(**cells):
    out = StringIO()
    csv.writer(out, lineterminator="").writerow((dict(zip(COLUMNS, CELLS, strict=True)) | cells).values())
    return out.getvalue()


def test_the_shipped_table_goes_in_whole():
    edition = load_categories(now=LONG_AGO)
    assert edition.number == 1
    assert Category.objects.filter(edition=edition).count() > 200
    assert Condition.objects.count() > 260


def test_the_same_bytes_again_are_the_same_edition():
    first, again = load_categories(now=LONG_AGO), load_categories()
    assert first == again
    assert Edition.objects.count() == 1


def test_other_bytes_are_the_next_edition_and_the_old_one_stays_for_its_cases(table):
    old = load_categories(table(a_row(name_en="Drain")), now=MONDAY - timedelta(days=9))
    new = load_categories(table(a_row(name_en="Sewer")), now=MONDAY)

    assert new.number == old.number + 1
    assert list(Category.objects.order_by("edition").values_list("name_en", flat=True)) == ["Drain", "Sewer"]


def test_an_edition_holds_from_its_beginning_on(table):
    load_categories(table(a_row(name_en="Drain")), now=MONDAY - timedelta(days=9))
    load_categories(table(a_row(name_en="Sewer")), now=MONDAY)

    names = []
    for moment in (MONDAY - timedelta(minutes=1), MONDAY):
        with clock.frozen(moment):
            names += [category.name_en for category in current().values()]
    assert names == ["Drain", "Sewer"]


def test_before_the_first_edition_there_is_no_category(table):
    load_categories(table(FIRST), now=MONDAY)
    with clock.frozen(MONDAY - timedelta(days=1)), pytest.raises(Refused, match="no category 0101"):
        condition_of("0101", "01")


def test_a_condition_is_found_by_the_number_in_its_category(table):
    load_categories(table(FIRST, a_row(condition="02")), now=LONG_AGO)
    assert condition_of("0101", "02").number == "02"
    with pytest.raises(Refused, match="no condition 03"):
        condition_of("0101", "03")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([a_row(limit_amount="soon")], "Row 2 .* “limit_amount”"),
        ([a_row(limit_amount="0")], "Row 2 .* longer than nothing"),
        ([a_row(limit_kind="weeks")], "Row 2 .* “limit_kind”"),
        ([a_row(level="planet")], "Row 2 .* “level”"),
        ([a_row(check_by="nobody")], "Row 2 .* “check_by”"),
        ([a_row(needs_photo="maybe")], "Row 2 .* “needs_photo”"),
        ([a_row(code="0201")], "Row 2 .* “code”: four digits"),
        ([a_row(code="101")], "Row 2 .* “code”: four digits"),
        ([a_row(name_zh="")], "Row 2 .* “name_zh”"),
        ([a_row(name_zh="长" * 41)], "Row 2 .* “name_zh”"),
        ([FIRST, a_row(condition="02", level="grid")], "Row 3 .* “level”: another row"),
        ([FIRST, FIRST], "Row 3 .* “condition”: .* already"),
        ([FIRST, FIRST.rsplit(",", 3)[0]], "Row 3 .* the row ends before it"),
        (['"unclosed'], "cannot be read as CSV"),
        ([], "no rows"),
    ],
)
def test_a_broken_table_is_refused_with_row_and_column_and_nothing_of_it_goes_in(table, rows, says):
    with pytest.raises(Refused, match=says):
        load_categories(table(*rows))
    assert not Edition.objects.exists()


def test_a_missing_column_is_named(table):
    with pytest.raises(Refused, match="no column “level”"):
        load_categories(table(FIRST, header=HEADER.replace("level", "rank")))


def test_a_table_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "gbk.csv"
    path.write_bytes(OURS.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(Refused, match="UTF-8"):
        load_categories(path)


@pytest.mark.parametrize("words", ["门口的路灯不亮了", "The STREET LAMP at our door is out"])
def test_everyday_words_suggest_the_category_in_both_languages(words):
    load_categories(now=LONG_AGO)
    assert "0201" in [category.code for category in named(words)]


def test_words_that_mean_nothing_suggest_nothing_and_many_give_three():
    load_categories(now=LONG_AGO)
    assert named("qzx") == []
    assert named("") == []
    everything = " ".join(category.keywords_zh for category in current().values())
    assert len(named(everything)) == 3
