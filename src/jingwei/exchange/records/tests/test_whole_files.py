"""The whole of the real files, where they are at hand: every row is accounted for."""

import os
from pathlib import Path

import pytest

from jingwei.exchange.records.mapping import read_mapping
from jingwei.exchange.records.testing import bring_in, listed

ROOT = Path(__file__).parents[5]
FILES = Path(os.environ.get("JINGWEI_TEST_RECORDS", ROOT.parent / "shared/data/service-requests"))

pytestmark = [
    pytest.mark.django_db(transaction=True),  # each batch is committed, as in life
    pytest.mark.slow,
    pytest.mark.skipif(not FILES.is_dir(), reason="the whole files are not here"),
]


def test_every_row_of_boston_agrees_or_is_counted_with_its_reason(tmp_path):
    files = sorted(FILES.glob("boston-2015-*.csv.gz"))

    tally = bring_in(tmp_path, read_mapping("boston"), *files)

    assert (tally.read, tally.imported, tally.refused, tally.already) == (23_705, 23_705, 0, 0)
    assert (tally.open, tally.closed) == (2_653, 21_052)
    assert (tally.agree, tally.differ) == (23_573, 132)
    reasons = [row["reason"].split(". ")[0] for row in listed(tmp_path / "differing.csv")]
    assert reasons.count("The source gives no judgement.") == 128
    assert reasons.count("The source gives no target") == 3
    assert reasons.count("It is open") == 1
    again = bring_in(tmp_path, read_mapping("boston"), *files)
    assert (again.read, again.imported, again.already) == (23_705, 0, 23_705)


def test_every_row_of_chicago_is_imported_or_refused_with_its_reason(tmp_path):
    tally = bring_in(tmp_path, read_mapping("chicago"), FILES / "chicago-311-sanitation.csv.gz")

    fields = [row["field"] for row in listed(tmp_path / "refused.csv")]
    assert tally.read == 74_401 == tally.imported + tally.refused + tally.already
    assert (fields.count("reported"), fields.count("place"), fields.count("key")) == (184, 4, 372)
    assert (tally.refused, tally.already) == (560, 3)
