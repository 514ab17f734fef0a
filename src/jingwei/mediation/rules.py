"""What a mediation may come to, and in which order: states, levels, results. No database, no clock."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import Refused

MOST_PARTIES = 20
MOST_PAPERS = 12
MOST_VISITS = 12
LONGEST_AHEAD = timedelta(days=366)
DISPUTES = ("31", "3003", "3601")
"""How the classes of cases begin that are disputes: neighbours, family, property fees, unpaid wages."""


class Level(TextChoices):
    """Who mediates: it begins as low as it can, and goes up where it fails."""

    GRID = "grid", pgettext_lazy("mediation", "Grid")
    COMMUNITY = "community", pgettext_lazy("mediation", "Community")
    STREET = "street", pgettext_lazy("mediation", "Street")


class Status(TextChoices):
    OPEN = "open", pgettext_lazy("mediation", "Under way")
    ENDED = "ended", pgettext_lazy("mediation", "Ended")


class Kind(TextChoices):
    NEIGHBOURS = "neighbours", pgettext_lazy("dispute", "Between neighbours")
    FAMILY = "family", pgettext_lazy("dispute", "Within a family")
    TENANCY = "tenancy", pgettext_lazy("dispute", "Tenancy")
    PROPERTY = "property", pgettext_lazy("dispute", "Property management")
    WAGES = "wages", pgettext_lazy("dispute", "Work and wages")
    CONSUMER = "consumer", pgettext_lazy("dispute", "Buying and services")
    DAMAGE = "damage", pgettext_lazy("dispute", "Damage and compensation")
    OTHER = "other", pgettext_lazy("dispute", "Something else")


class Result(TextChoices):
    AGREED = "agreed", pgettext_lazy("mediation", "Agreed")
    PARTLY = "partly", pgettext_lazy("mediation", "Agreed in part")
    FAILED = "failed", pgettext_lazy("mediation", "No agreement")
    WITHDRAWN = "withdrawn", pgettext_lazy("mediation", "Withdrawn by the parties")
    REFERRED = "referred", pgettext_lazy("mediation", "Referred elsewhere")


class Elsewhere(TextChoices):
    """Who takes a dispute that mediation cannot settle."""

    COURT = "court", pgettext_lazy("mediation", "Court")
    POLICE = "police", pgettext_lazy("mediation", "Police")
    ARBITRATION = "arbitration", pgettext_lazy("mediation", "Arbitration")


class Seen(TextChoices):
    """What a follow-up visit found."""

    KEPT = "kept", pgettext_lazy("visit", "What was agreed is kept")
    BROKEN = "broken", pgettext_lazy("visit", "It is not kept")
    NOBODY = "nobody", pgettext_lazy("visit", "Nobody was met")


WITH_AGREEMENT = frozenset({Result.AGREED, Result.PARTLY})


def level_above(level: str) -> Level:
    """Where a dispute goes that could not be settled; Refused at the top."""
    levels = list(Level)
    at = levels.index(Level(level))
    if at + 1 == len(levels):
        raise Refused(_("The street is the highest level that mediates. Refer it to court, police or arbitration."))
    return levels[at + 1]


def check_open(*, is_open: bool) -> None:
    """Refuse to work on what has ended."""
    if not is_open:
        raise Refused(_("This mediation has ended. Take it up again first."))


def check_failed(*, sessions_held: int) -> None:
    """Refuse to pass on or give up what was never tried at this level."""
    if not sessions_held:
        raise Refused(_("Nothing was tried at this level yet: hold a session, and write down what came of it."))


def check_ending(result: str, referred_to: str, *, has_agreement: bool, is_oral: bool, unsigned: int) -> None:
    """Refuse a result that does not follow from what is on record."""
    if result not in Result.values:
        raise Refused(_("Choose a result from the list."))
    if (result == Result.REFERRED) != (referred_to in Elsewhere.values):
        raise Refused(_("Say to whom it is referred: court, police or arbitration; for other results leave it empty."))
    if result not in WITH_AGREEMENT:
        return
    if not has_agreement:
        raise Refused(_("Write down what was agreed first."))
    if unsigned and not is_oral:
        raise Refused(_("Not everybody has signed yet. Note the signatures, or say that the agreement is an oral one."))


def check_agreement(signed: Sequence[date | None]) -> None:
    """Refuse to change words under which somebody's name stands."""
    if any(signed):
        raise Refused(_("Somebody has signed this agreement, so its words stand. Take the signatures out first."))


def check_present(parties: Collection[object], mediators: Collection[object], others: str) -> None:
    """Refuse a session at which nobody was."""
    if not mediators:
        raise Refused(_("Say who mediated."))
    if not parties and not others.strip():
        raise Refused(_("Say who was there. If no party came, write who was waited for."))


def check_visit_day(day: date, today: date, visits: int) -> None:
    if not today <= day <= today + LONGEST_AHEAD:
        raise Refused(_("Choose a day from today on, within a year."))
    if visits >= MOST_VISITS:
        raise Refused(_("A mediation takes %(n)d visits at most.") % {"n": MOST_VISITS})
