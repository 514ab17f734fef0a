"""The duties of roles, as a part of the configuration."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from jingwei.kernel.public import FIRST_ROW, Effect, Fault, Part, Row, Trial
from jingwei.people.actions.roles import misfit, set_duties
from jingwei.people.duties import DUTIES
from jingwei.people.models import Posting
from jingwei.people.role_table import duties_by_role
from jingwei.people.roles import ROLES


class Roles(Part):
    """A row for each role; its duties stand between spaces."""

    file = "roles.csv"
    title = gettext_lazy("Roles and their duties")
    columns = ("role", "duties")
    key = ("role",)
    keeps_missing = True

    def rows(self) -> list[Row]:
        held = duties_by_role()
        return [{"role": role, "duties": " ".join(sorted(held[role]))} for role in ROLES]

    def faults(self, rows: Sequence[Row]) -> list[Fault]:
        return [Fault(self.file, number, said) for number, said in _faults(rows)]

    def adopt(self, rows: Sequence[Row], *, by: Any, now: datetime) -> None:
        held = duties_by_role()
        for row in rows:
            if _named(row) != held[row["role"]]:
                set_duties(row["role"], _named(row), by=by, now=now)

    def trial(self, rows: Sequence[Row], day: date) -> Trial:
        """Who of those that hold a role on the day would have had more or fewer duties."""
        held = duties_by_role()
        holders = Counter(Posting.objects.held(day).values_list("role", flat=True))
        trial = Trial(looked_at=holders.total())
        for row in rows:
            role, then = row["role"], _named(row)
            count = holders[role]
            for duty in sorted(held[role] ^ then) if count else ():
                subject = ngettext("%(role)s: %(n)d person", "%(role)s: %(n)d people", count)
                trial.effects.append(
                    Effect(
                        subject % {"role": ROLES[role].title, "n": count},
                        DUTIES[duty].title,
                        _yes(duty, held[role]),
                        _yes(duty, then),
                    )
                )
        return trial


def _named(row: Row) -> frozenset[str]:
    return frozenset(row["duties"].split())


def _yes(duty: str, duties: frozenset[str]) -> str:
    return pgettext("duty", "yes") if duty in duties else pgettext("duty", "no")


def _faults(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    times = Counter(row["role"] for row in rows)
    for number, row in enumerate(rows, start=FIRST_ROW):
        role = row["role"]
        if role not in ROLES:
            yield (
                number,
                _("There is no role “%(role)s”. Roles are: %(roles)s.")
                % {
                    "role": role,
                    "roles": ", ".join(ROLES),
                },
            )
            continue
        if times[role] > 1:
            yield number, _("The role “%(role)s” stands twice. Remove one of the two rows.") % {"role": role}
        if unknown := sorted(_named(row) - DUTIES.keys()):
            yield number, _("There are no such duties: %(duties)s.") % {"duties": " ".join(unknown)}
        elif fault := misfit(role, _named(row)):
            yield number, fault
