"""Sheets for other programs. What a person typed is always text in them: no cell of ours is ever a formula."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from jingwei.people.models import Posting
from jingwei.places.public import codes, names_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
RISKY = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula, not even after it was saved as CSV and opened again."""
    return f"'{text}" if text.startswith(RISKY) else text


def postings_book(postings: Sequence[Posting], day: date) -> bytes:
    """Who holds what on the day, a posting a line."""
    names = names_of(posting.code for posting in postings if posting.code is not None)
    head = (
        *(_("User name"), _("Name"), _("Posting"), _("Area or office"), _("Number")),
        *(_("Categories"), _("From"), _("Until before")),
    )
    rows = [
        (
            posting.member.username or "",
            posting.member.name,
            str(posting.title),
            posting.department.title if posting.department else names.get(posting.code or 0, ""),
            codes.write(posting.place),
            " ".join(posting.categories),
            posting.begins_on.isoformat(),
            posting.ends_on.isoformat() if posting.ends_on else "",
        )
        for posting in postings
    ]
    return book({day.isoformat(): [head, *rows]})


def book(sheets: dict[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook of sheets of text, each with its first line as a head that stays."""
    file = BytesIO()
    with Workbook(file, SAFE) as workbook:
        bold = workbook.add_format({"bold": True})
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, guarded(text), bold if number == 0 else None)
            sheet.autofit()
    return file.getvalue()


def as_download(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
