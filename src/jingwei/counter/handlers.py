"""What the counter does when a case has moved."""

from jingwei.cases.public import CaseMoved
from jingwei.counter.telling import tell_callers
from jingwei.kernel.public import WHOLE, FactRow, handles


@handles(CaseMoved, reach=WHOLE)
def tell_those_who_called(fact: FactRow) -> None:
    tell_callers(fact)
