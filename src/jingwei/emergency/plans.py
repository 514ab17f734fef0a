"""Plans: what is to be done in which kind of emergency. Standard ones come with the platform; a district lays down its
own in their place.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jingwei.cases.public import kind_name
from jingwei.emergency.models import Plan, in_language

FILE = Path(__file__).parent / "data" / "plans.csv"
MOST_STEPS = 20


@dataclass(frozen=True)
class Laid:
    """A plan: its kind, its title and its steps, each in Chinese and English. `is_own`: laid down by the district."""

    category_code: str
    title_zh: str
    title_en: str
    steps: tuple[tuple[str, str], ...]
    is_own: bool = False

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def kind(self) -> str:
        """What class it is for; "" is any other."""
        return kind_name(self.category_code) if self.category_code else ""


@cache
def standard_plans() -> Mapping[str, Laid]:
    """By kind, in the order of the file; the one for any other emergency is the last."""
    rows: dict[str, list[dict[str, str]]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows.setdefault(row["category"], []).append(row)
    return {
        code: Laid(
            code, steps[0]["title_zh"], steps[0]["title_en"], tuple((row["step_zh"], row["step_en"]) for row in steps)
        )
        for code, steps in rows.items()
    }


def all_plans() -> list[Laid]:
    """Every plan that holds: the district's own in place of the standard ones. One query."""
    own = {plan.category_code: _laid(plan) for plan in Plan.objects.all()}
    codes = sorted({*standard_plans(), *own} - {""})
    return [own.get(code) or standard_plans()[code] for code in [*codes, ""]]


def plan_for(category_code: str) -> Laid:
    """The plan of this class, or of its major class, or the general one. One query."""
    plans = {plan.category_code: plan for plan in all_plans()}
    kinds = (category_code, category_code[:2], "")
    return next(plans[kind] for kind in kinds if kind in plans)


def _laid(plan: Plan) -> Laid:
    zh = plan.steps_zh.splitlines()
    en = plan.steps_en.splitlines() or [""] * len(zh)
    return Laid(plan.category_code, plan.title_zh, plan.title_en, tuple(zip(zh, en, strict=True)), is_own=True)
