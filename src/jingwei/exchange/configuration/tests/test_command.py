"""The same at the command line."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jingwei.cases.public import condition_of
from jingwei.cases.testing import MONDAY, PLAIN, a_case
from jingwei.exchange.configuration.models import ConfigurationSet

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out, err = StringIO(), StringIO()
    call_command("configuration", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue()


@pytest.fixture
def changed(cast, tmp_path):
    """A folder with what holds, but a longer limit for lamps."""
    run("write", tmp_path)
    path = tmp_path / "categories.csv"
    text = path.read_text(encoding="utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith("0201,") and ",01," in line)
    path.write_text(text.replace(line, line.replace("working_days,3,", "working_days,5,")), encoding="utf-8")
    return tmp_path


def test_a_folder_is_written_compared_tried_and_put_into_force(cast, changed):
    case = a_case("filed", cast=cast, at=MONDAY)
    assert "limit_amount: 3 → 5" in run("compare", changed)
    tried = run("try", changed, day=date(2026, 11, 16))
    assert case.number in tried
    assert "5 working days" in tried
    assert condition_of(*PLAIN).limit_amount == 3
    assert "holds from now on" in run("adopt", changed, note="Lamps")
    assert condition_of(*PLAIN).limit_amount == 5
    assert ConfigurationSet.objects.get(note="Lamps").adopted_at is not None


def test_an_archive_is_written_where_the_name_says_so(cast, tmp_path):
    run("write", tmp_path / "set.zip")
    assert "0 added, 0 changed, 0 removed" in run("compare", tmp_path / "set.zip")


def test_faults_end_the_command_and_change_nothing(cast, changed, capsys):
    (changed / "roles.csv").write_text("role,duties\nemperor,\n", encoding="utf-8")
    for todo in ("compare", "try"):
        with pytest.raises(SystemExit) as ended:
            run(todo, changed)
        assert ended.value.code == 1
    with pytest.raises(CommandError, match="emperor"):
        run("adopt", changed)
    assert condition_of(*PLAIN).limit_amount == 3


def test_a_path_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="no folder or archive"):
        run("compare", tmp_path / "nowhere")
