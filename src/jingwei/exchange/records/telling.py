"""An import told to the person who runs it."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jingwei.exchange.records.mapping import Mapping
from jingwei.exchange.records.survey import Survey
from jingwei.exchange.records.tally import Tally


def tell_survey(found: Survey, mapping: Mapping) -> Iterator[str]:
    yield _("%(rows)d rows from %(title)s. %(attribution)s; %(licence)s.") % {
        "rows": found.rows,
        "title": mapping.title,
        "attribution": mapping.attribution,
        "licence": mapping.licence,
    }
    for columns in dict.fromkeys(tuple(columns) for columns in found.unused.values()):
        yield _("Columns that the mapping does not name stay out: %(columns)s.") % {"columns": ", ".join(columns)}


def tell_progress(tally: Tally, rows: int, seconds: float) -> str:
    rate = tally.read / seconds if seconds else 0
    left = (rows - tally.read) / rate if rate else 0
    return _("%(read)d of %(rows)d rows, %(rate)d a second, %(left)d s left") % {
        "read": tally.read,
        "rows": rows,
        "rate": rate,
        "left": left,
    }


def tell_notes(tally: Tally) -> Iterator[str]:
    """What a reader of the figures should know about some of the rows imported."""
    for note, sentence in NOTES.items():
        if count := tally.notes[note]:
            yield sentence(count) % {"n": count}


NOTES: dict[str, Callable[[int], str]] = {
    "community": lambda n: ngettext(
        "%(n)d record has no point and lies in the community that it names.",
        "%(n)d records have no point and lie in the communities that they name.",
        n,
    ),
    "district": lambda n: ngettext(
        "%(n)d record names no place at all and lies in the district.",
        "%(n)d records name no place at all and lie in the district.",
        n,
    ),
    "early": lambda n: ngettext(
        "%(n)d record was closed just before it was opened, by the source's clocks; it counts as closed at once.",
        "%(n)d records were closed just before they were opened, by the source's clocks; they count as closed at once.",
        n,
    ),
    "own_limit": lambda n: ngettext(
        "%(n)d record has no target of the source; the limit of our category is its promise.",
        "%(n)d records have no target of the source; the limits of our categories are their promises.",
        n,
    ),
}


def tell_figures(tally: Tally) -> str:
    labels = {
        "read": pgettext("import", "read"),
        "imported": pgettext("import", "imported"),
        "refused": pgettext("import", "refused"),
        "already": pgettext("import", "already there"),
        "open": pgettext("import", "open"),
        "closed": pgettext("import", "closed"),
        "on_time": pgettext("import", "on time"),
        "overdue": pgettext("import", "overdue"),
        "agree": pgettext("import", "agrees with the source"),
        "differ": pgettext("import", "differs from the source"),
        "seconds": pgettext("import", "seconds"),
    }
    return "\n".join(f"{value:>10,}  {labels[name]}" for name, value in tally.figures().items())
