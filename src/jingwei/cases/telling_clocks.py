"""Who is told that a clock runs out, and each morning what the day holds."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.cases.models import Case, DocketEntry
from jingwei.cases.telling import DUE, NUMBER, OLD_NEWS, desk_of, parties_of
from jingwei.cases.workflow import LEVELS, LIVE, Level, above
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Kind, Text, To, Topic, Urgency, Value, notify, register_text, without_digest
from jingwei.people.public import Posting, at_work, roles_with
from jingwei.places.public import level_of, lineage

MORNING = 8
"""O'clock, on the district's clock."""
AUDIENCE = pgettext_lazy("notice", "Whoever has to deal with it")
RUNNING = Text(
    "cases.running_out",
    Topic.LIMITS,
    AUDIENCE,
    _("Time is running out"),
    _("Case %(number)s is due: %(due)s."),
    (NUMBER, DUE),
    "",
    desk_of,
)
OVER = Text(
    "cases.overdue",
    Topic.LIMITS,
    AUDIENCE,
    _("A case is overdue"),
    _("Case %(number)s was due: %(due)s. Open it to see what can be done."),
    (NUMBER, DUE),
    "",
    desk_of,
)
DAY = Text(
    "cases.day",
    Topic.DIGEST,
    pgettext_lazy("notice", "Staff with cases in hand"),
    _("Your day"),
    _("In hand: %(all)s. Due today: %(today)s. Overdue: %(late)s."),
    (Value("all", 12, Kind.COUNT), Value("today", 3, Kind.COUNT), Value("late", 1, Kind.COUNT)),
    "",
    lambda _values: reverse("portals:start"),
)


def register() -> None:
    for text in (RUNNING, OVER, DAY):
        register_text(text)


def tell_of_signal(fact: FactRow) -> None:
    """Tell those whom the signal's rule names. An emergency waits for no quiet hours."""
    case = Case.objects.filter(pk=UUID(fact.data["case_id"])).first()
    now = clock.now()
    if case is None or case.due_at is None or now - fact.occurred_at > OLD_NEWS:
        return
    finders = {"holder": _holders, "above": _above, "leader": _leaders}
    to = [one for key in fact.data["keys"] for one in finders[key](case)]
    text = OVER if case.due_at <= fact.occurred_at else RUNNING
    urgency = Urgency.EMERGENCY if fact.data.get("is_emergency") else Urgency.ROUTINE
    values = {"number": case.number, "due": case.due_at.isoformat()}
    notify(to, text.key, values, key=f"signal:{fact.seq}", about=str(case.pk), urgency=urgency)


def _holders(case: Case) -> list[To]:
    """The parties; while nobody has it, whoever answers for it."""
    parts = list(case.assignments.filter(status__in=LIVE))
    return parties_of(parts) if parts else posted("cases.file", case, (Level(case.level),))


def _above(case: Case) -> list[To]:
    level = above(case.level)
    return posted("cases.dispatch", case, (level,)) if level else []


def _leaders(case: Case) -> list[To]:
    return posted("cases.supervise", case, LEVELS)


def posted(duty: str, case: Case, levels: Iterable[Level]) -> list[To]:
    """Whoever does the work of `duty` today at the areas of these levels that hold the case."""
    names = {level.value for level in levels}
    codes = [code for code in lineage(case.code) if level_of(code).value in names]
    now = clock.now()
    held = Posting.objects.held(clock.local(now).date()).filter(code__in=codes, role__in=roles_with(duty))
    rows = at_work(held.filter(member__is_active=True).select_related("member").order_by("pk"), now)
    return list(dict.fromkeys(To(worker.pk) for _posting, worker in rows))


def tell_the_day(now: datetime) -> int:
    """What lies in the hands of each, once a day; nothing where nothing does. Gives how many were told."""
    today = clock.local(now).date()
    end = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    counts: dict[int, Counter[str]] = {}
    mine = DocketEntry.objects.filter(holder="m", is_party=True).values_list("holder_id", "due_at")
    for member_id, due_at in mine.iterator():
        kind = "late" if due_at <= now else "today" if due_at < end else "later"
        counts.setdefault(member_id, Counter())[kind] += 1
    silent = without_digest(counts)
    for member_id in sorted(counts.keys() - silent):
        found = counts[member_id]
        values = {"all": found.total(), "today": found["today"], "late": found["late"]}
        notify([To(member_id)], DAY.key, values, key=f"day:{today}", now=now)
    return len(counts.keys() - silent)
