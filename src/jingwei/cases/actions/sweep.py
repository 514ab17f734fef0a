"""The sweep: gives what signals are due, in batches, each batch one transaction.

It reads the index of the next signals from its beginning, so that it costs what is due, however many cases are open.
Cases that another sweep holds are passed over; one that was given its signals has the next one's time before anybody
else may look. So each is given once, by however many workers, and a worker that dies has given a whole batch or none.
"""

from datetime import datetime

from jingwei.calendars.public import calendars
from jingwei.cases import docket, store
from jingwei.cases.life import Doing
from jingwei.cases.models import Case
from jingwei.cases.moves.signalling import give_signals
from jingwei.cases.signals.rules import rules_in_force
from jingwei.cases.signals.times import plan_signal
from jingwei.kernel.public import WHOLE, clock, opened

AT_ONCE = 200


def sweep_signals(now: datetime | None = None, *, at_once: int = AT_ONCE) -> int:
    """Give every signal that is due. Gives how many those were."""
    given = 0
    while (batch := _sweep_batch(now, at_once)) is not None:
        given += batch
    return given


def _sweep_batch(now: datetime | None, at_once: int) -> int | None:
    """The next cases. None where no more are due that nobody else holds."""
    with opened(WHOLE):
        at = now or clock.now()
        keys = Case.objects.to_signal(at, at_once)
        if not keys:
            return None
        lives = store.load_many(keys)
        departments = docket.lineages()
        rules = rules_in_force()
        before = [docket.plan(life, departments) for life in lives]
        doing = Doing(None, at, at, calendars())
        given = 0
        for life in lives:
            given += give_signals(life, doing, rules)
            plan_signal(life.case, life.stage, doing.calendars)
        store.save_signalled(lives, before, departments)
    return given
