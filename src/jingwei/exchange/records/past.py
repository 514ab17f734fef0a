"""What a record says happened, as the moves of our rules.

A source knows when a record was opened and when it was closed. So filing, dispatching and reporting in stand at the
opening, handling and the check at the closing: no time is made up, and nobody is named whom the source does not name.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import pgettext

from jingwei.cases.public import Category, Condition, Origin, PastCase, PastMove, condition_of, load_categories
from jingwei.exchange.records.entries import Entry
from jingwei.exchange.records.mapping import Mapping

LONGEST_TITLE = 120


@dataclass(frozen=True)
class _Kind:
    """A condition of our table, and what its category is called in titles."""

    condition: Condition
    name: str


class Past:
    """Makes cases of entries. Loads our category table where there is none; Refused where the mapping leaves it."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        if not Category.objects.exists():
            load_categories()
        with translation.override(mapping.titles.language):
            self._kinds = {name: _kind(name) for name in set(mapping.values.category.values())}
            self._title = pgettext("title of a case", "%(what)s, %(where)s")

    def case(self, entry: Entry, code: int, department_id: int) -> PastCase:
        """The case of the entry at the area `code`, with the moves that bring it to where it stands."""
        kind = self._kinds[entry.condition]
        title = self._titled(kind, entry)
        origin = Origin(
            id=entry.id,
            code=code,
            channel=entry.channel,
            digest=entry.digest,
            words=entry.words,
            place=entry.place,
            longitude=entry.longitude,
            latitude=entry.latitude,
            category_code=kind.condition.category.code,
            title=title,
            source=self._mapping.source,
            source_key=entry.key,
            due_at=entry.due_at,
        )
        moves = [
            PastMove("file", entry.reported_at, fields={"condition": kind.condition, "title": title}),
            PastMove("dispatch", entry.reported_at, fields={"department_id": department_id}),
            PastMove("report_in", entry.reported_at),
        ]
        if entry.closed_at is not None:
            words = entry.result or self._mapping.done
            moves += [
                PastMove("handle", entry.closed_at, fields={"words": words}),
                PastMove("check", entry.closed_at, fields={"outcome": entry.outcome}),
            ]
        return PastCase(origin, entry.reported_at, moves=moves)

    def _titled(self, kind: _Kind, entry: Entry) -> str:
        """Fit for the public: what it is and where, never what somebody wrote."""
        where = entry.street or entry.community
        title = self._title % {"what": kind.name, "where": where} if where else kind.name
        return title[:LONGEST_TITLE]


def _kind(name: str) -> _Kind:
    code, number = name.split("/")
    condition = condition_of(code, number)
    return _Kind(condition, condition.category.name)
