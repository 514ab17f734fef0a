import gzip
import json
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jingwei.cases.public import Case
from jingwei.exchange.records.management.commands.import_cases import Watch
from jingwei.exchange.records.mapping import SHIPPED
from jingwei.exchange.records.tests.test_bringing import DATA
from jingwei.people.testing import a_member

pytestmark = pytest.mark.django_db
KEYS = ["read", "imported", "refused", "already", "open", "closed", "on_time", "overdue", "agree", "differ", "seconds"]


@pytest.fixture
def run(tmp_path):
    """Calls the command on files and gives what it said on both streams."""

    def command(*files, mapping="boston", **options):
        out, remarks = StringIO(), StringIO()
        lists = {"refused": tmp_path / "no.csv", "differing": tmp_path / "other.csv"}
        call_command("import_cases", *files, mapping=mapping, stdout=out, stderr=remarks, **{**lists, **options})
        return out.getvalue(), remarks.getvalue()

    return command


def test_the_figures_are_one_json_object_with_these_keys(run):
    out, remarks = run(DATA / "boston.csv", json=True)

    figures = json.loads(out)
    assert list(figures) == KEYS
    assert (figures["read"], figures["imported"]) == (57, 57)
    assert "57 rows from City of Boston" in remarks
    assert "57 of 57 rows" in remarks
    assert "other.csv" in remarks


def test_the_figures_are_told_in_words(run):
    out, _remarks = run(DATA / "chicago.csv", mapping="chicago")

    assert "54  read" in out
    assert "agrees with the source" in out


def test_a_dry_run_writes_no_case(run):
    out, _remarks = run(DATA / "boston.csv", json=True, dry_run=True)

    assert json.loads(out)["imported"] == 57
    assert not Case.objects.exists()


def test_columns_that_stay_out_are_said_once(run):
    _out, remarks = run(DATA / "boston.csv", DATA / "boston.csv")

    assert remarks.count("Columns that the mapping does not name stay out: SUBJECT, REASON, QUEUE") == 1


def test_a_truncated_file_brings_in_what_it_holds(run, tmp_path):
    packed = gzip.compress((DATA / "boston.csv").read_bytes())
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(packed[: len(packed) // 2])

    figures = json.loads(run(cut, json=True)[0])

    assert 10 < figures["imported"] < 57
    assert figures["refused"] == 1
    assert "breaks off here" in (tmp_path / "no.csv").read_text(encoding="utf-8-sig")


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_an_error(run, tmp_path):
    mapping = tmp_path / "town.toml"
    mapping.write_text((SHIPPED / "boston.toml").read_text().replace("TARGET_DT", "DEADLINE"))

    with pytest.raises(CommandError, match=r"no column “DEADLINE”, which the mapping names\. Its columns are: "):
        run(DATA / "boston.csv", mapping=str(mapping))

    assert not Case.objects.exists()


def test_a_list_that_cannot_be_written_is_an_error_before_anything_is_done(run, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="cannot be written"):
        run(DATA / "boston.csv", refused=tmp_path / "file" / "no.csv")

    assert not Case.objects.exists()


def test_staff_get_the_desk(run):
    member = a_member(username="anna")

    run(DATA / "boston.csv", staff=["anna"])

    assert {posting.role for posting in member.postings.all()} == {"inspector", "dispatcher", "department_lead"}


def test_staff_that_do_not_exist_are_an_error(run):
    with pytest.raises(CommandError, match="no user “nobody”"):
        run(DATA / "boston.csv", staff=["nobody"])


def test_an_interrupt_ends_the_work_after_a_batch_and_says_how_to_go_on(run, monkeypatch):
    surveyed = Watch.surveyed

    def interrupted(watch, found):
        surveyed(watch, found)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Watch, "surveyed", interrupted)
    with pytest.raises(CommandError, match="Run the same again") as stopped:
        run(DATA / "boston.csv")

    assert stopped.value.returncode == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
