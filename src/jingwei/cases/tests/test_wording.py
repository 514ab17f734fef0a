"""What people write: as long as its column, and only what PostgreSQL keeps."""

import pytest

from jingwei.cases.models import Case, Report
from jingwei.cases.wording import LONGEST, check_text
from jingwei.kernel.public import Refused


@pytest.mark.parametrize("name", sorted(LONGEST))
def test_a_text_may_be_as_long_as_its_column(name):
    columns = {column.name: column for model in (Case, Report) for column in model._meta.concrete_fields}
    assert LONGEST[name] == columns[name].max_length
    check_text(name, "长" * LONGEST[name])
    with pytest.raises(Refused, match=f"{name}: at most {LONGEST[name]} characters"):
        check_text(name, "长" * (LONGEST[name] + 1))


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
def test_what_is_no_character_is_refused_with_the_field_s_name(sign):
    with pytest.raises(Refused, match="words: there is a sign"):
        check_text("words", f"a{sign}b")


def test_every_other_character_is_kept():
    check_text("words", "漢字 😀 \t\n\x01 \u202e é" * 1000)
