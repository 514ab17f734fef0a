"""Sets as files: what cannot be one is said with the mend."""

import zipfile
from io import BytesIO

import pytest

from jingwei.exchange.configuration import files
from jingwei.exchange.configuration.comparing import compared
from jingwei.kernel.public import Refused

pytestmark = pytest.mark.django_db


def archive(**members):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name.replace("__", "/").replace("_csv", ".csv"), data)
    return packed.getvalue()


def test_an_archive_comes_back_as_it_was(cast):
    now = files.written()
    assert files.unpack(files.pack(now)) == now


def test_a_folder_comes_back_as_it_was_whatever_the_line_ends(cast, tmp_path):
    now = files.written()
    for name, text in now.items():
        (tmp_path / name).write_bytes((files.MARK + text.replace("\n", "\r\n")).encode())
    assert files.read_folder(tmp_path) == now


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a zip", "not a ZIP archive"),
        (archive(), "no file of a set"),
        (archive(secrets_csv=b"x"), "secrets.csv is no part"),
        (archive(roles_csv="岗位".encode("gb18030")), "not text in UTF-8"),
        (archive(roles_csv=b"0" * (files.LARGEST + 1)), "too large: at most 32 MB"),
    ],
)
def test_what_is_no_set_is_refused(data, said):
    with pytest.raises(Refused, match=said):
        files.unpack(data)


def test_a_file_in_a_folder_of_the_archive_is_found(cast):
    text = files.written()["roles.csv"]
    assert files.unpack(archive(mine__roles_csv=text)) == {"roles.csv": text}


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("role\nleader\n", 1, "The columns are to be, once each: role, duties"),
        ("role,duties,duties\nleader,,\n", 1, "once each"),
        ("role,duties\nleader\n", 2, "1 cells instead of 2"),
        ('role,duties\n"leader,x\n', 2, "cannot be read as CSV"),
        ("", 1, "once each"),
    ],
)
def test_a_broken_table_names_the_row(cast, text, row, said):
    (part,) = compared({"roles.csv": text})
    assert part.faults[0].row == row
    assert said in part.faults[0].said
