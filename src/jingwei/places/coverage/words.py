"""What findings, mends and steps are called on the page."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingwei.places import codes
from jingwei.places.coverage.ground import Finding, Ground, Kind, Limits
from jingwei.places.coverage.mends import CUT, REGISTER, SNAP, TRIM, Mend, Split

Names = Mapping[int, str]


def square_metres(metres: float) -> str:
    """Whole ones; below ten with a decimal."""
    return f"{metres:,.1f}\u00a0m²" if metres < 10 else f"{metres:,.0f}\u00a0m²"


def households(count: int) -> str:
    return ngettext("%(count)d household", "%(count)d households", count) % {"count": count}


def kind(finding: Finding) -> str:
    return {
        Kind.GAP: _("Gap"),
        Kind.OVERLAP: _("Overlap"),
        Kind.OUTSIDE: _("Outside"),
        Kind.UNDRAWN: _("Not drawn"),
        Kind.SLIVERS: _("Slivers"),
        Kind.STRAY: _("Elsewhere"),
        Kind.NO_WORKER: _("No worker"),
        Kind.NO_HEAD: _("No unit head"),
        Kind.TOO_LARGE: _("Too large"),
        Kind.TOO_SMALL: _("Too small"),
    }[finding.kind]


def where(finding: Finding, names: Names) -> str:
    """Which areas a finding is about."""
    named = [names.get(code) or codes.write(code) for code in finding.codes]
    if finding.kind is Kind.GAP:
        return _beside(named)
    if finding.kind is Kind.SLIVERS:
        count = len(finding.pieces)
        return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}
    if finding.kind in (Kind.TOO_LARGE, Kind.TOO_SMALL):
        return _("%(first)s, %(households)s") % {"first": named[0], "households": households(finding.households)}
    if finding.kind is Kind.OVERLAP:
        return _("%(first)s and %(second)s") % {"first": named[0], "second": named[1]}
    if finding.kind is Kind.STRAY:
        return _("registered in %(first)s, standing in %(second)s") % {"first": named[0], "second": named[1]}
    return named[0]


def _beside(named: Sequence[str]) -> str:
    """Between which grids a gap lies."""
    if len(named) >= 2:
        return _("between %(first)s and %(second)s") % {"first": named[0], "second": named[1]}
    return _("beside %(first)s") % {"first": named[0]} if named else _("without a neighbour")


def said(finding: Finding, limits: Limits, split: Split | None) -> str:
    """What it means, in a sentence."""
    if finding.kind in (Kind.GAP, Kind.OVERLAP, Kind.OUTSIDE):
        return _inside(finding)
    if finding.kind is Kind.STRAY:
        return _buildings(len(finding.houses), finding.households)
    if finding.kind is Kind.TOO_LARGE:
        return _too_large(limits, split)
    return {
        Kind.UNDRAWN: _("It has no boundary yet. Import one, or close the gap with a neighbour."),
        Kind.SLIVERS: _("Rounding on the way here, or borders drawn twice: each is tiny."),
        Kind.NO_WORKER: _("Nobody holds the post of its grid worker."),
        Kind.NO_HEAD: _("Nobody holds the post of its unit head."),
        Kind.TOO_SMALL: _("The fewest is %(fewest)d.") % {"fewest": limits.fewest_households},
    }[finding.kind]


def _too_large(limits: Limits, split: Split | None) -> str:
    if split is None:
        return _("The most is %(most)d.") % {"most": limits.most_households}
    first, second = split.households
    return _("The most is %(most)d. A straight cut would leave %(first)d and %(second)d.") % {
        "most": limits.most_households,
        "first": first,
        "second": second,
    }


def _buildings(count: int, people: int) -> str:
    return ngettext("%(count)d building, %(households)s", "%(count)d buildings, %(households)s", count) % {
        "count": count,
        "households": households(people),
    }


def _inside(finding: Finding) -> str:
    """Who lives on a piece of land that is wrong."""
    if not finding.houses:
        return _("No building stands in it.")
    buildings = {"buildings": _buildings(len(finding.houses), finding.households)}
    if finding.kind is Kind.GAP:
        return _("%(buildings)s inside, which no grid worker answers for.") % buildings
    return _("%(buildings)s inside.") % buildings


def mend_title(finding: Finding, mend: Mend, names: Names) -> str:
    name = {"name": names.get(mend.code) or codes.write(mend.code)}
    titles = {
        CUT: _("Cut halfway between the two borders"),
        SNAP: _("Snap all to their neighbours"),
        TRIM: _("Cut %(name)s back to the border of the community") % name,
        REGISTER: _("Register them in %(name)s") % name,
    }
    given = _("Merge into %(name)s") if finding.kind is Kind.GAP else _("It belongs to %(name)s")
    return titles.get(mend.key) or given % name


def mend_said(finding: Finding, mend: Mend, ground: Ground, limits: Limits) -> tuple[str, bool]:
    """What would come of it, and whether that is beyond the limits."""
    after = mend.households_after(ground)
    number = after.get(mend.code, 0)
    if mend.code and number > limits.most_households:
        excess = _("%(households)s afterwards, more than %(most)d")
        return excess % {"households": households(number), "most": limits.most_households}, True
    if finding.kind is Kind.GAP:
        share = _("%(share)d%% of its edge; %(households)s afterwards")
        return share % {"share": round(mend.share * 100), "households": households(number)}, False
    if finding.kind is Kind.OVERLAP:
        if not mend.moves and finding.houses:
            return _("As the buildings are registered"), False
        moved = sum(int(ground.houses.households[house]) for house in mend.moves)
        if moved:
            return _("%(households)s are registered anew, and change hands") % {"households": households(moved)}, False
    return "", False
