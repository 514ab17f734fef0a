import gzip
import random

import pytest

from jingwei.exchange.records.mapping import Layout
from jingwei.exchange.records.reading import LONGEST_LINE, Record, Unreadable, read_header, read_records
from jingwei.kernel.public import Refused

LAYOUT = Layout()
ROWS = 5000


@pytest.fixture
def table(tmp_path):
    """Writes the bytes to a file and reads them back."""

    def read(data: bytes, layout: Layout = LAYOUT):
        path = tmp_path / "table.csv"
        path.write_bytes(data)
        return read_header(path, layout), list(read_records(path, layout))

    return read


def long_table() -> bytes:
    """Rows that hardly pack, so that breaks fall everywhere."""
    dice = random.Random(7)
    return b"a,b\n" + b"".join(b"%d,%x\n" % (n, dice.getrandbits(200)) for n in range(ROWS))


def test_a_plain_file_and_a_packed_one_read_alike(table):
    plain = b"a,b\n1,2\n3,4\n"

    assert table(plain) == table(gzip.compress(plain)) == (["a", "b"], [Record(2, ["1", "2"]), Record(3, ["3", "4"])])


def test_members_that_were_put_one_after_another_are_one_file(table):
    _header, rows = table(gzip.compress(b"a,b\n1,2\n3") + gzip.compress(b",4\n5,6\n") + b"\0" * 512)

    assert [row.cells for row in rows] == [["1", "2"], ["3", "4"], ["5", "6"]]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_gives_the_rows_before_the_break_and_one_refusal(table, share):
    packed = gzip.compress(long_table())
    whole = long_table().decode().splitlines()

    _header, rows = table(packed[: int(len(packed) * share)])

    *good, last = rows
    assert [",".join(row.cells) for row in good] == whole[1 : len(good) + 1]
    assert len(good) > ROWS * share * 0.9
    assert last == Unreadable(len(good) + 2, "The packed file breaks off here. The rows before this one were read.")


def test_only_the_end_mark_cut_off_keeps_every_row(table):
    _header, rows = table(gzip.compress(b"a,b\n1,2\n")[:-4])

    assert rows[0] == Record(2, ["1", "2"])
    assert isinstance(rows[1], Unreadable)
    assert len(rows) == 2


def test_a_damaged_byte_ends_the_file_there(table):
    packed = bytearray(gzip.compress(long_table(), mtime=0))
    packed[len(packed) // 2] ^= 0xFF

    _header, rows = table(bytes(packed))

    assert len(rows) > ROWS * 0.4
    assert rows[-1].reason == "The packed file is damaged here. The rows before this one were read."
    assert not any(isinstance(row, Unreadable) for row in rows[: int(ROWS * 0.4)])


def test_a_wrong_checksum_is_a_damage_but_loses_no_row(table):
    packed = bytearray(gzip.compress(b"a,b\n1,2\n3,4\n"))
    packed[-8] ^= 0xFF

    _header, rows = table(bytes(packed))

    assert [type(row) for row in rows] == [Record, Record, Unreadable]


def test_each_line_takes_the_first_encoding_that_fits(table):
    layout = Layout(encodings=("utf-8", "gb18030"))

    _header, rows = table("a,b\n经纬,1\n".encode() + "街道,2\n".encode("gb18030"), layout)

    assert [row.cells[0] for row in rows] == ["经纬", "街道"]


def test_bytes_that_fit_no_encoding_spoil_their_row_only(table):
    _header, rows = table(b"a,b\n1,2\n\xff\xfe,4\n5,6\n")

    assert rows[1] == Unreadable(3, "The row has bytes that are not text in utf-8.")
    assert [rows[0].cells, rows[2].cells] == [["1", "2"], ["5", "6"]]


def test_zero_bytes_spoil_their_row_only(table):
    _header, rows = table(b"a,b\n1,\0\n5,6\n")

    assert rows == [Unreadable(2, "The row has zero bytes in it."), Record(3, ["5", "6"])]


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters(table):
    _header, rows = table(b'a,b\n"one\ntwo","say ""x"", then"\n3,4\n')

    assert rows == [Record(2, ["one\ntwo", 'say "x", then']), Record(4, ["3", "4"])]


def test_a_quote_left_open_spoils_its_row_only(table):
    _header, rows = table(b'a,b\n1,"2\n' + b"3,4\n" * 500)

    assert rows[0] == Unreadable(2, "A quote is opened in this row and not closed.")
    assert [row.cells for row in rows[1:]] == [["3", "4"]] * 500


def test_a_quote_inside_a_cell_spoils_its_row_only(table):
    _header, rows = table(b'a,b\n"1"x,"2"\n3,4\n')

    assert isinstance(rows[0], Unreadable)
    assert rows[1] == Record(3, ["3", "4"])


@pytest.mark.parametrize("row", [b"1\n", b"1,2,3\n"])
def test_a_row_of_another_width_is_refused(table, row):
    _header, rows = table(b"a,b\n" + row + b"3,4\n")

    assert rows[0].reason.endswith("the header has 2.")
    assert rows[1] == Record(3, ["3", "4"])


def test_a_mark_before_the_text_other_line_ends_and_empty_lines_do_not_matter(table):
    header, rows = table(b"\xef\xbb\xbfa,b\r\n\r\n1,2\r\n\r\n3,4")

    assert header == ["a", "b"]
    assert rows == [Record(3, ["1", "2"]), Record(5, ["3", "4"])]


def test_another_delimiter(table):
    assert table(b"a;b\n1,0;2\n", Layout(delimiter=";")) == (["a", "b"], [Record(2, ["1,0", "2"])])


def test_a_break_inside_a_quoted_cell_is_one_refusal(table):
    packed = gzip.compress(b'a,b\n1,"begins\nand goes on\n')

    _header, rows = table(packed[:-8])

    assert rows == [Unreadable(2, "The packed file breaks off here. The rows before this one were read.")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\xff\n", "The first row"),
        (gzip.compress(b"a,b\n", mtime=0)[:12], "The first row"),
        (b"x" * (LONGEST_LINE + 1), "longer than a mebibyte"),
    ],
)
def test_a_file_that_is_no_table_is_refused(table, data, said):
    with pytest.raises(Refused, match=said):
        table(data)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read: No such file"):
        read_header(tmp_path / "none.csv", LAYOUT)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        read_header(tmp_path, LAYOUT)
