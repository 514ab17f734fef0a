"""Area codes: 18 digits, each level adding its own to those of the area above. Arithmetic only, no database.

    420103 002 001 007 003      district, street, community, grid, unit
    42 01 03                    and the district's six are province, city, district

A code is kept as a number. An area and all below it are the range `span(code)`; zeros stand for levels not
reached.
"""

from functools import cached_property, lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DIGITS = 18
WHOLE = 0
"""Stands for everything, above all provinces. Not the code of an area."""


class Level(TextChoices):
    """The levels of the tree, from the top."""

    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    DISTRICT = "district", _("district")
    STREET = "street", _("street")
    COMMUNITY = "community", _("community")
    GRID = "grid", _("grid")
    UNIT = "unit", _("unit")

    @cached_property
    def depth(self) -> int:
        return list(Level).index(self)

    @cached_property
    def step(self) -> int:
        """Distance between the codes of two neighbours of this level."""
        return int(10 ** (DIGITS - ENDS[self]))

    @cached_property
    def serials(self) -> int:
        """The last serial number that an area of this level may have under its parent: 99 or 999."""
        above = ENDS[self.above] if self.above else 0
        return int(10 ** (ENDS[self] - above)) - 1

    @cached_property
    def above(self) -> "Level | None":
        return list(Level)[self.depth - 1] if self.depth else None

    @cached_property
    def below(self) -> "Level | None":
        return None if self is Level.UNIT else list(Level)[self.depth + 1]


ENDS = dict(zip(Level, (2, 4, 6, 9, 12, 15, 18), strict=True))
"""How many leading digits the code of an area of each level uses."""
FIRST, LAST = 10 ** (DIGITS - 1), 10**DIGITS - 1


def is_code(code: int) -> bool:
    """Whether `code` can name an area: 18 digits, not starting with 0, and no level left out."""
    return _level(code) is not None


def level_of(code: int) -> Level:
    """The level of the area that `code` names. Raises ValueError for what is not a code."""
    level = _level(code)
    if level is None:
        raise ValueError(f"{code} is not an area code")
    return level


@lru_cache(maxsize=2**16)  # asked for many times of the same codes
def _level(code: int) -> Level | None:
    if not FIRST <= code <= LAST:
        return None
    used = [level for level in Level if serial(code, level)]
    return used[-1] if used == list(Level)[: len(used)] else None


def serial(code: int, level: Level) -> int:
    """The number of `code` at `level` among its siblings; 0 if the code ends above that level."""
    return code // level.step % (level.serials + 1)


def span(code: int) -> tuple[int, int]:
    """First and last code of the area and all below it, both included. WHOLE spans everything."""
    if code == WHOLE:
        return FIRST, LAST
    return code, code + level_of(code).step - 1


def ancestor(code: int, level: Level) -> int:
    """The code at `level` of the area that `code` lies in, or is. Raises ValueError if `level` is deeper."""
    if level_of(code).depth < level.depth:
        raise ValueError(f"{code} is above the level {level.value}")
    return code - code % level.step


def parent(code: int) -> int | None:
    """The code one level up; None for a province."""
    above = level_of(code).above
    return ancestor(code, above) if above else None


def lineage(code: int) -> tuple[int, ...]:
    """All codes from the province down to `code` itself."""
    return tuple(ancestor(code, level) for level in list(Level)[: level_of(code).depth + 1])


def common(first: int, second: int) -> int:
    """The code of the smallest area that holds both; WHOLE if they lie in two provinces."""
    shared = [one for one, other in zip(lineage(first), lineage(second), strict=False) if one == other]
    return shared[-1] if shared else WHOLE


def child(code: int, number: int) -> int:
    """The code of the area with serial `number` (1 to 99, or to 999 from street down) directly below `code`.

    Below WHOLE stand the provinces. Raises ValueError where there is no such code.
    """
    level = Level.PROVINCE if code == WHOLE else level_of(code).below
    if level is None:
        raise ValueError(f"{code} is a unit: nothing lies below it")
    result = code + number * level.step
    if not 1 <= number <= level.serials or not is_code(result):
        raise ValueError(f"{number} cannot be the serial number of a {level.value}")
    return result


def make(district: int, street: int = 0, community: int = 0, grid: int = 0, unit: int = 0) -> int:
    """The code with these parts: `district` of six digits, the others of up to three.

    Raises ValueError if a level is left out.
    """
    code = district
    for number in (street, community, grid, unit):
        if not 0 <= number <= Level.STREET.serials:
            raise ValueError(f"{number} cannot be a serial number")
        code = code * 1000 + number
    level_of(code)
    return code


def write(code: int) -> str:
    """The 18 digits as text: how codes travel in JSON and tiles, whose numbers end at 2^53."""
    return f"{code:0{DIGITS}d}"


def read(text: str) -> int:
    """The code written as `text`: 18 digits, or the leading 2, 4, 6, 9, 12 or 15 of them.

    Spaces and hyphens may part them. Raises ValueError for anything else.
    """
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) in ENDS.values()):
        raise ValueError(f"{text!r} is not an area code")
    code = int(digits.ljust(DIGITS, "0"))
    level_of(code)
    return code
