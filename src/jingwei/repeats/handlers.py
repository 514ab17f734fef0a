"""The rules look at every report that comes in; what is done with its case settles its flags."""

from uuid import UUID

from jingwei.cases.public import CaseMoved
from jingwei.kernel.public import WHOLE, FactRow, handles
from jingwei.repeats.actions import examine, settle
from jingwei.repeats.rules import Decision

SETTLED = {"reject": Decision.ANSWERED, "merge": Decision.MERGED, "withdraw": Decision.MOVED, "check": Decision.MOVED}


@handles(CaseMoved, reach=WHOLE)
def look_at_report(fact: FactRow) -> None:
    case_id = UUID(fact.data["case_id"])
    if fact.data["verb"] == "report":
        examine(case_id, now=fact.occurred_at)
    elif fact.data["verb"] in SETTLED:
        settle(case_id, SETTLED[fact.data["verb"]])
