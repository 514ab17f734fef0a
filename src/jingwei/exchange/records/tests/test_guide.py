"""What the guide shows works as it says."""

import re
from pathlib import Path

import pytest

from jingwei.cases.public import Case
from jingwei.exchange.records.mapping import Columns, District, Layout, Mapping, Time, Title, Values, read_mapping
from jingwei.exchange.records.testing import bring_in

GUIDE = (Path(__file__).parents[5] / "docs/guides/import-cases.md").read_text(encoding="utf-8")


def block(beginning):
    """The block of code that begins so."""
    return next(block for block in re.findall(r"```\w*\n(.*?)```", GUIDE, re.DOTALL) if block.startswith(beginning))


@pytest.mark.django_db
def test_the_worked_example_is_imported(tmp_path):
    mapping, table = tmp_path / "water.toml", tmp_path / "faults.csv"
    mapping.write_text(block("source ="), encoding="utf-8")
    table.write_text(block("no;"), encoding="gb18030")

    tally = bring_in(tmp_path, read_mapping(str(mapping)), table)

    assert (tally.imported, tally.open, tally.closed) == (2, 1, 1)
    assert set(Case.objects.values_list("title", flat=True)) == {
        "Water pipe and valve, Mill Road",
        "No water, Quay Street",
    }


@pytest.mark.parametrize("part", [Mapping, Layout, Time, Columns, Values, Title, District])
def test_every_key_of_a_mapping_is_explained(part):
    for name in part.__struct_fields__:
        assert f"`{name}`" in GUIDE or f"{name} = " in GUIDE or f"[{name}]" in GUIDE, name
