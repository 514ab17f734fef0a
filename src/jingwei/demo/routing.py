"""Where cases go in the demo, besides what the category table says: five rules of an ordinary street."""

from datetime import datetime

from jingwei.cases.public import Rule, has_rules, publish_rules
from jingwei.demo.town import Town
from jingwei.people.public import Department

OPEN_COVERS = ("0101-01", "0102-01", "0104-01")


def build_rules(town: Town, now: datetime) -> int:
    """The rules, in force from now on. None where any were ever published."""
    if has_rules():
        return 0
    rules = _rules(town)
    publish_rules(rules, reason="街道办公会议定", by=None, now=now)
    return len(rules)


def _rules(town: Town) -> tuple[Rule, ...]:
    """Open manholes, summer rain, burst pipes at night, street stalls at weekends, lamps of a compound."""
    repair, squad = (Department.objects.get(key=key) for key in ("water-1", "enforcement-1"))
    return (
        Rule(position=1, key="covers", name="井盖缺失先处理", categories=list(OPEN_COVERS), urgency="urgent"),
        Rule(
            position=2,
            key="rain",
            name="汛期积水交排水所",
            categories=["2601", "2602"],
            season_from="05-15",
            season_until="09-30",
            office="drainage",
            level="street",
            urgency="urgent",
        ),
        Rule(
            position=3,
            key="pipes",
            name="夜间爆管直派抢修班",
            categories=["0501", "2701"],
            hours="closed",
            department=repair,
            urgency="urgent",
            sends_at_once=True,
        ),
        Rule(
            position=4,
            key="stalls",
            name="周末占道摆摊归一中队",
            categories=["2201"],
            areas=[town.street],
            weekdays=[6, 7],
            department=squad,
        ),
        Rule(
            position=5,
            key="lamps",
            name="庭院灯由网格员先看",
            categories=["0202"],
            areas=[town.communities[1].code],
            level="grid",
            role="grid_worker",
        ),
    )
