from datetime import date

import pytest
from django.core.management import CommandError, call_command

from jingwei.places import codes
from jingwei.places.actions import end_area
from jingwei.places.models import Area
from jingwei.places.testing import a_community, a_grid, an_area

pytestmark = pytest.mark.django_db


class TestTablesOfOnesOwn:
    def test_rows_come_in_any_order_with_what_columns_there_are(self, areas):
        areas.table(
            "name,code,name_en,begins_on,longitude,latitude,standard_code,parent",
            "第七网格,420103002001007,Grid 7,2025-01-01,114.3,30.6,,420103-002-001",
            "花楼社区,420103002001,,,,,420103002001,",
            "花楼街,420103002000000000,,,,,,",
            "江汉区,420103,,,,,420103,4201",
        )

        assert "4 rows read: 4 new" in areas.said
        grid = Area.objects.get(code=codes.make(420103, 2, 1, 7))
        assert (grid.name, grid.name_en, grid.begins_on) == ("第七网格", "Grid 7", date(2025, 1, 1))
        assert (grid.longitude, grid.latitude, grid.parent.standard_code) == (114.3, 30.6, "420103002001")
        assert Area.objects.get(code=codes.make(420103)).parent is None

    def test_a_second_run_changes_nothing_and_leaves_what_the_file_does_not_say(self, areas):
        lines = ["code,name,name_en,longitude,latitude", "420103,江汉区,Jianghan,114.3,30.6"]
        areas.table(*lines)

        assert "Nothing has changed" in areas.table(*lines)
        assert "Nothing has changed" in areas.table("code,name", "420103,江汉区")
        assert "1 changed" in areas.table("code,name,name_en", "420103,江汉区,Jianghan District")
        district = Area.objects.get()
        assert (district.name_en, district.longitude) == ("Jianghan District", 114.3)

    def test_bad_rows_are_named_and_the_rest_goes_in(self, areas):
        grid = a_grid(a_community())
        areas.table(
            "code,name,parent,name_en,standard_code,begins_on,longitude,latitude",
            "12345,坏代码,,,,,,",
            f"{grid.code + 1},父不合,420103,,,,,",
            f"{grid.code + 2},父坏,xx,,,,,",
            f"{grid.code + 3},标准,,,12x,,,",
            f"{grid.code + 4},日期,,,,2026-13-01,,",
            f"{grid.code + 5},经度,,,,,214,30",
            f"{grid.code + 6},半点,,,,,114,",
            f"{grid.code + 7},英文,,{'x' * 101},,,,",
            "420103002,无父,,,,,,",
            f"{grid.code + 8},好,,,,,,",
            f"{grid.code + 8},又好,,,,,,",
            f"{grid.code + 9},好,,,,,,",
            f"{grid.code + 10},标准一,,,420103,,,",
            f"{grid.code + 11},标准二,,,420103,,,",
        )

        assert [(row, field) for row, field, _value in areas.refused()] == [
            ("2", "code"),
            ("3", "parent"),
            ("4", "parent"),
            ("5", "standard_code"),
            ("6", "begins_on"),
            ("7", "longitude"),
            ("8", "latitude"),
            ("9", "name"),
            ("10", "parent"),
            ("12", "code"),
            ("15", "code"),
            ("13", "name"),
        ]
        assert "14 rows read: 2 new, 0 changed, 0 unchanged, 12 refused" in areas.said

    def test_a_standard_code_that_another_area_has_is_refused(self, areas):
        an_area(codes.make(420103), standard_code="420103000000")

        areas.table("code,name,standard_code", "420104,江岸区,420103")

        assert areas.refused() == [("2", "code", "420103000000")]

    def test_below_an_area_that_ended_nothing_comes_in(self, areas):
        community = a_community()
        end_area(community, on=date(2999, 1, 1), by=None)

        areas.table("code,name", f"{codes.child(community.code, 1)},新网格")

        assert areas.refused() == [("2", "parent", str(community.code))]

    def test_a_file_that_is_not_there_is_refused(self, areas):
        with pytest.raises(CommandError, match=r"There is no file .*nowhere.csv"):
            call_command("import_areas", areas.folder / "nowhere.csv")

    def test_nothing_to_import_is_refused(self):
        with pytest.raises(CommandError, match="Say what to import"):
            call_command("import_areas")
