"""A set as files: CSV in UTF-8, one table each, in a folder or a ZIP archive."""

import csv
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from jingwei.kernel.public import FIRST_ROW, Fault, Part, Refused, Row, configuration_parts

LARGEST = 32 * 1024 * 1024
"""Bytes of all files together, unpacked: a district's tables take less than a tenth of it."""
MARK = "﻿"
"""What Excel needs in front to read UTF-8."""

Files = Mapping[str, str]


def written() -> dict[str, str]:
    """What holds now, as files."""
    return {part.file: as_csv(part, part.rows()) for part in configuration_parts()}


def as_csv(part: Part, rows: Sequence[Row]) -> str:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, part.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def pack(files: Files) -> bytes:
    """The files as a ZIP archive that spreadsheet programs read."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, MARK + text)
    return packed.getvalue()


def unpack(data: bytes) -> dict[str, str]:
    """The files of a ZIP archive. Refused, with the mend, for anything else, unknown names and too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in inside) > LARGEST:
                raise Refused(_("These files are too large: at most %(mb)d MB.") % {"mb": LARGEST // 1024**2})
            return _named({one.filename: archive.read(one) for one in inside})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise Refused(_("This is not a ZIP archive. Pack the CSV files of a set into one.")) from None


def read_folder(path: Path) -> dict[str, str]:
    """The files of a folder or a ZIP archive. Refused where it is neither."""
    if path.is_dir():
        return _named({one.name: one.read_bytes() for one in sorted(path.glob("*.csv"))})
    if path.is_file():
        return unpack(path.read_bytes())
    raise Refused(_("There is no folder or archive %(path)s.") % {"path": path})


def _named(found: Mapping[str, bytes]) -> dict[str, str]:
    """Text by the name of the part, whatever folder it lay in."""
    known = {part.file for part in configuration_parts()}
    files: dict[str, str] = {}
    for path, data in found.items():
        name = PurePosixPath(path).name
        if name not in known:
            raise Refused(
                _("%(file)s is no part of a set. Parts are: %(parts)s.")
                % {"file": name, "parts": ", ".join(sorted(known))}
            )
        try:
            files[name] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise Refused(_("%(file)s is not text in UTF-8. Save it as CSV UTF-8.") % {"file": name}) from None
    if not files:
        raise Refused(_("There is no file of a set in it. Parts are: %(parts)s.") % {"parts": ", ".join(sorted(known))})
    return files


def rows_of(part: Part, text: str) -> tuple[list[Row], list[Fault]]:
    """The rows of a file, as far as they can be read, and what is wrong with the others."""
    rows: list[Row] = []
    faults: list[Fault] = []
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        missing, strange = set(part.columns) - set(header), set(header) - set(part.columns)
        if missing or strange or len(header) != len(part.columns):
            wanted = ", ".join(part.columns)
            return [], [Fault(part.file, 1, _("The columns are to be, once each: %(columns)s.") % {"columns": wanted})]
        for number, cells in enumerate((cells for cells in reader if any(cells)), start=FIRST_ROW):
            if len(cells) != len(header):
                said = _("The row has %(n)d cells instead of %(wanted)d.") % {"n": len(cells), "wanted": len(header)}
                faults.append(Fault(part.file, number, said))
            rows.append(dict(zip(header, (*cells, *[""] * len(header)), strict=False)))
    except csv.Error as fault:
        faults.append(Fault(part.file, reader.line_num, _("This cannot be read as CSV: %(fault)s.") % {"fault": fault}))
    return rows, faults
