import gzip
import threading
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from jingwei.kernel.public import FactRow
from jingwei.places import codes
from jingwei.places.actions import end_area
from jingwei.places.imports import staging
from jingwei.places.imports.areas import TURNSTILE
from jingwei.places.imports.report import Progress
from jingwei.places.models import Area
from jingwei.places.testing import an_area
from jingwei.places.tests.divisions import DIVISIONS, ROWS

pytestmark = pytest.mark.django_db


def standard(level, digits):
    return Area.objects.get(level=level, standard_code=digits.ljust(12, "0"))


class TestDivisions:
    def test_every_row_becomes_an_area_below_its_parent(self, areas):
        said = areas.divisions()

        assert f"{ROWS} rows read: {ROWS} new, 0 changed, 0 unchanged, 0 refused" in said
        area = Area.objects.get(code=codes.make(110101, 1, 2))
        assert (area.name, area.standard_code, area.level) == ("银闸社区居委会", "110101001002", "community")
        assert [codes.level_of(code).value for code in Area.objects.values_list("pk", flat=True)] == [
            *Area.objects.values_list("level", flat=True)
        ]
        assert Area.objects.filter(parent=None).count() == 4
        connection.check_constraints()

    def test_a_second_run_changes_nothing_and_says_so(self, areas):
        areas.divisions()
        before = list(Area.objects.values())

        said = areas.divisions()

        assert f"0 new, 0 changed, {ROWS} unchanged, 0 refused" in said
        assert "Nothing has changed" in said
        assert list(Area.objects.values()) == before

    def test_a_city_without_districts_gets_one_with_a_code_of_its_own(self, areas):
        areas.divisions()

        city, district = standard("city", "4419"), standard("district", "441900")
        assert (city.code, district.code) == (codes.read("4419"), codes.make(441999))
        assert standard("street", "441900003").code == codes.make(441999, 3)
        assert standard("community", "441900003001").code == codes.make(441999, 3, 1)

    def test_digits_that_are_all_zeros_get_the_last_free_code(self, areas):
        areas.divisions()

        assert standard("street", "350527000").code == codes.make(350527, 999)
        assert standard("community", "350527000000").code == codes.make(350527, 999, 999)

    def test_a_street_whose_digits_do_not_follow_its_parent_lies_where_its_parent_is(self, areas):
        areas.add("streets", '110109050,"飞地街道",350527,35,3505')

        areas.divisions()

        assert standard("street", "110109050").code == codes.make(350527, 50)

    def test_a_code_that_another_street_has_gives_way_and_stays_so(self, areas):
        areas.divisions()
        areas.add("streets", '110109001,"飞地街道",110101,11,1101', '110109998,"又一街道",110101,11,1101')
        areas.add("streets", '110108998,"再一街道",110101,11,1101')

        areas.divisions()
        expected = {"110109001": 999, "110109998": 998, "110108998": 997}
        assert {digits: standard("street", digits).code for digits in expected} == {
            digits: codes.make(110101, number) for digits, number in expected.items()
        }
        assert "Nothing has changed" in areas.divisions()

    def test_where_no_code_is_free_the_row_is_refused(self, areas):
        areas.divisions()
        street = standard("street", "110101001")
        Area.objects.bulk_create(
            Area(code=code, level="community", name=str(n), parent=street, standard_code=f"9{n:011d}")
            for n in range(1, 1000)
            if n > 2 and (code := codes.child(street.code, n))
        )
        areas.add("communities", '110101009003,"新社区",110101001,11,1101,110101')

        areas.divisions()

        assert areas.refused() == [("8", "code", "110101009003")]
        assert f"No code is free below {street.code}" in areas.remarks[-1]["reason"]

    def test_only_what_was_asked_for_comes_in_with_what_lies_above(self, areas):
        areas.divisions(only="110101001")

        assert list(Area.objects.values_list("standard_code", flat=True)) == [
            "110000000000",
            "110100000000",
            "110101000000",
            "110101001000",
            "110101001001",
            "110101001002",
        ]

    def test_a_name_that_changed_is_changed(self, areas):
        areas.divisions()
        areas.write(provinces=DIVISIONS["provinces"].replace("北京市", "京城"))

        assert f"0 new, 1 changed, {ROWS - 1} unchanged" in areas.divisions()
        assert Area.objects.get(code=11 * 10**16).name == "京城"

    def test_a_character_without_a_glyph_is_marked_and_noted(self, areas):
        areas.divisions()

        assert standard("community", "420684103229").name == "高〓村委会"
        (remark,) = areas.remarks
        assert (remark["outcome"], remark["file"], remark["row"]) == ("noted", "communities.csv", "6")
        assert "taken as 高〓村委会" in remark["reason"]
        assert "lists rows with a remark" in areas.said

    def test_invisible_characters_are_left_out_of_names(self, areas):
        areas.add("provinces", "12,天\u200b津\u3000市")
        areas.divisions()

        assert Area.objects.get(code=12 * 10**16).name == "天津\u3000市"

    def test_bad_rows_are_named_and_the_rest_goes_in(self, areas):
        areas.add(
            "streets",
            '11010101,"短",110101,11,1101',
            '11010100x,"字母",110101,11,1101',
            '110199001,"无父",110199,11,1101',
            '110101003,"  ",110101,11,1101',
            f'110101004,"{"长" * 101}",110101,11,1101',
            '110101001,"再来",110101,11,1101',
            '110101009,"景山街道",110101,11,1101',
            "110101010",
            '110101005,"好街道",110101,11,1101',
        )
        with (areas.folder / "streets.csv").open("ab") as file:
            file.write('110101006,"乱码",110101,11,1101\n'.encode("gb18030"))

        said = areas.divisions()

        assert areas.refused() == [
            ("7", "code", "11010101"),
            ("8", "code", "11010100x"),
            ("9", "areaCode", "110199"),
            ("10", "name", "  "),
            ("11", "name", "长" * 101),
            ("14", "", "110101010"),
            ("16", "name", "����"),
            ("12", "code", "110101001000"),
            ("13", "name", "景山街道"),
        ]
        reasons = {row["row"]: row["reason"] for row in areas.remarks if row["file"] == "streets.csv"}
        assert "line 2 was taken" in reasons["12"]
        assert "Line 3 has the same name" in reasons["13"]
        assert f"{ROWS + 10} rows read: {ROWS + 1} new, 0 changed, 0 unchanged, 9 refused" in said
        assert standard("street", "110101005").name == "好街道"

    def test_below_a_row_that_was_refused_nothing_comes_in(self, areas):
        areas.write(areas=DIVISIONS["areas"].replace("110101,", "11010,"))

        areas.divisions()

        assert [field for _row, field, _value in areas.refused()] == ["code"] + ["areaCode"] * 2 + ["streetCode"] * 3

    def test_what_ended_does_not_come_back(self, areas):
        areas.divisions()
        end_area(standard("community", "110101002001"), on=date(2999, 1, 1), by=None)

        areas.divisions()

        assert areas.refused() == [("4", "code", str(codes.make(110101, 2, 1)))]
        assert "ended on 2999-01-01" in areas.remarks[-1]["reason"]

    def test_an_area_that_now_lies_elsewhere_is_refused_not_moved(self, areas):
        areas.divisions()
        areas.write(communities=DIVISIONS["communities"].replace('居委会",110101002,', '居委会",110101001,'))

        areas.divisions()

        assert areas.refused() == [("4", "code", "110101002001")]
        assert standard("community", "110101002001").code == codes.make(110101, 2, 1)

    def test_an_area_made_by_hand_is_taken_over(self, areas):
        an_area(codes.make(110101), name="东城")

        assert f"{ROWS - 1} new, 1 changed" in areas.divisions()
        assert standard("district", "110101").name == "东城区"

    def test_a_name_that_a_neighbour_keeps_is_refused(self, areas):
        areas.divisions()
        areas.add("streets", '110101003,"景山街道",110101,11,1101')

        areas.divisions()

        assert areas.refused() == [("7", "name", "景山街道")]

    def test_zipped_files_are_read_and_one_that_breaks_off_goes_in_as_far_as_it_does(self, areas):
        whole = gzip.compress(
            "".join(
                ["code,name,streetCode\n"] + [f"110101001{n:03d},社区{n},110101001\n" for n in range(100, 900)]
            ).encode()
        )
        (areas.folder / "communities.csv").unlink()
        (areas.folder / "communities.csv.gz").write_bytes(whole[: len(whole) * 3 // 4])

        areas.divisions()

        assert Area.objects.filter(level="community").count() > 300
        assert "breaks off here" in areas.remarks[-1]["reason"]

    def test_a_file_without_a_column_is_left_out_and_named(self, areas):
        areas.write(communities="code,name\n110101001001,多福巷社区居委会\n")

        areas.divisions()

        assert not Area.objects.filter(level="community").exists()
        assert "no column streetCode" in areas.remarks[0]["reason"]

    def test_an_open_quotation_mark_costs_its_own_row(self, areas):
        areas.add("communities", '110101002003,"没有结束' + "x" * 140_000, '110101002004,"好社区",110101002')

        areas.divisions()

        assert areas.refused() == [("8", "", "")]
        assert "quotation mark that is not closed" in areas.remarks[-1]["reason"]
        assert standard("community", "110101002004").name == "好社区"

    def test_an_empty_file_is_named(self, areas):
        areas.write(communities="")

        areas.divisions()

        assert "no column code" in areas.remarks[0]["reason"]

    def test_a_folder_without_divisions_is_refused(self, tmp_path):
        with pytest.raises(CommandError, match=r"none of these: provinces.csv"):
            call_command("import_areas", divisions=tmp_path)

    def test_changes_are_told_once_a_batch(self, areas, monkeypatch):
        monkeypatch.setattr(staging, "BATCH", 3)
        areas.divisions()

        facts = FactRow.objects.filter(kind="places.areas_imported", code=codes.make(110101)).order_by("id")
        assert [fact.data for fact in facts] == [
            {"first": codes.make(110101, 1, 1), "last": codes.make(110101, 2, 1)},
        ]
        assert FactRow.objects.first().code == codes.WHOLE

    def test_a_killed_import_goes_on_where_it_was(self, areas, monkeypatch):
        monkeypatch.setattr(staging, "BATCH", 2)
        merged = []

        def stop(*told):
            merged.append(told)
            if len(merged) == 8:
                raise KeyboardInterrupt

        monkeypatch.setattr(Progress, "show", stop)
        with pytest.raises(KeyboardInterrupt):
            areas.divisions()
        done = Area.objects.count()
        monkeypatch.undo()

        assert f"{ROWS - done} new, 0 changed, {done} unchanged" in areas.divisions()
        assert 0 < done < ROWS


@pytest.mark.django_db(transaction=True)
def test_one_import_runs_at_a_time(areas):
    """Another process holds the lock: here another thread with its own connection."""
    said = []

    def other():
        try:
            with translation.override("en"):  # a thread has a language of its own
                areas.divisions()
        except CommandError as error:
            said.append(str(error))
        finally:
            connection.close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURNSTILE])
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [TURNSTILE])

    assert said == ["Another import of areas is running. Wait until it has ended."]
    assert f"{ROWS} new" in areas.divisions()
