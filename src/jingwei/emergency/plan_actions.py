"""Plans laid down by the district, in place of the standard ones."""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import current
from jingwei.emergency.facts import PlanChanged
from jingwei.emergency.models import Plan
from jingwei.emergency.plans import MOST_STEPS, standard_plans
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member

LONGEST = {"zh": 200, "en": 300}


@atomic
def lay_down_plan(
    category_code: str,
    *,
    title_zh: str,
    title_en: str,
    steps_zh: str,
    steps_en: str,
    by: Member,
    now: datetime | None = None,
) -> Plan:
    """Steps are one a line; English ones, where there are any, stand line by line beside the Chinese.

    Incidents that are on keep the steps with which they began.
    """
    require(by, "emergency.plans", Plan(category_code=category_code))
    _check_kind(category_code)
    zh, en = _lines(steps_zh, "zh"), _lines(steps_en, "en")
    if not title_zh.strip() or not zh:
        raise Refused(_("A plan has a title and a step at least, in Chinese."))
    if len(zh) > MOST_STEPS:
        raise Refused(_("At most %(n)d steps: in an emergency nobody reads more.") % {"n": MOST_STEPS})
    if en and len(en) != len(zh):
        raise Refused(_("As many steps in English as in Chinese, line by line, or none."))
    given = {"title_zh": title_zh.strip(), "title_en": title_en.strip()}
    given |= {"steps_zh": "\n".join(zh), "steps_en": "\n".join(en)}
    now = now or clock.now()
    plan, _is_new = Plan.objects.update_or_create(category_code=category_code, defaults=given | {"changed_at": now})
    publish(PlanChanged(), by=by, at=now)
    return plan


@atomic
def restore_standard(category_code: str, *, by: Member, now: datetime | None = None) -> None:
    """The district's own plan goes; the standard one holds again, or that of the wider kind."""
    require(by, "emergency.plans", Plan(category_code=category_code))
    gone, _rows = Plan.objects.filter(category_code=category_code).delete()
    if not gone:
        raise Refused(_("The standard plan holds already."))
    publish(PlanChanged(), by=by, at=now or clock.now())


def _check_kind(category_code: str) -> None:
    majors = {category.major for category in current().values()}
    if category_code and category_code not in {*current(), *majors, *standard_plans()}:
        raise Refused(_("There is no such class. Take its two or four digits from the table of classes."))


def _lines(text: str, language: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(len(line) > LONGEST[language] for line in lines):
        raise Refused(_("A step is at most %(n)d characters long.") % {"n": LONGEST[language]})
    return lines
