"""The columns of the table of duties: a short word for what the trade asks about most."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from jingwei.people.duties import DUTIES


@dataclass(frozen=True)
class Column:
    """Ticked where any of `duties` is held."""

    title: Promise
    duties: frozenset[str]


COLUMNS = (
    Column(pgettext_lazy("duty column", "File"), frozenset({"cases.file"})),
    Column(pgettext_lazy("duty column", "Dispatch"), frozenset({"cases.dispatch"})),
    Column(pgettext_lazy("duty column", "Move up or down"), frozenset({"cases.answer"})),
    Column(pgettext_lazy("duty column", "Solve"), frozenset({"cases.solve"})),
    Column(pgettext_lazy("duty column", "Handle"), frozenset({"cases.handle"})),
    Column(pgettext_lazy("duty column", "Check"), frozenset({"cases.check"})),
    Column(pgettext_lazy("duty column", "Contacts"), frozenset({"cases.contact"})),
    Column(pgettext_lazy("duty column", "Postings"), frozenset({"people.postings", "people.accounts"})),
    Column(
        pgettext_lazy("duty column", "Set-up"),
        frozenset(key for key in DUTIES if not key.startswith("cases."))
        - {"people.see", "people.postings", "people.accounts", "people.audit"},
    ),
)
