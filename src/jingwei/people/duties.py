"""Duties: the things one may do. A role bundles them, a posting holds them at a place, code asks for them by key."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Opens(Enum):
    """Which rows of tables with personal data a duty lets its holder at: those of the place where it is held, or
    those of the tables that name the duty in their policy. Tables whose policy asks for both take BOTH.
    """

    PLACE = "place"
    TABLE = "table"
    BOTH = "both"


@dataclass(frozen=True)
class Duty:
    """`is_for_keys`: whether software may hold it through an API key. `opens`: personal data; None where it needs none.

    What a permit asks for besides (category, level, whose words) stays the permit's to ask. `is_kept`: stays with
    someone who is away; all other duties rest until they are back.
    """

    key: str
    title: Promise
    is_for_keys: bool = False
    opens: Opens | None = None
    is_kept: bool = False


_LIST = (
    Duty("cases.report", pgettext_lazy("duty", "Report cases"), is_for_keys=True, is_kept=True),
    Duty(
        "cases.see",
        pgettext_lazy("duty", "See all cases of the place"),
        is_for_keys=True,
        opens=Opens.PLACE,
        is_kept=True,
    ),
    Duty(
        "cases.contact", pgettext_lazy("duty", "See reporters' words and contacts"), is_for_keys=True, opens=Opens.PLACE
    ),
    Duty("cases.solve", pgettext_lazy("duty", "Solve on the spot"), is_for_keys=True),
    Duty("cases.file", pgettext_lazy("duty", "File reports, or decline them"), is_for_keys=True),
    Duty("cases.answer", pgettext_lazy("duty", "Answer for cases: escalate, send down"), is_for_keys=True),
    Duty("cases.dispatch", pgettext_lazy("duty", "Dispatch and recall"), is_for_keys=True),
    Duty("cases.handle", pgettext_lazy("duty", "Handle, report in, return"), is_for_keys=True),
    Duty("cases.confirm", pgettext_lazy("duty", "Confirm results for the department"), is_for_keys=True),
    Duty("cases.check", pgettext_lazy("duty", "Check results"), is_for_keys=True),
    Duty(
        "cases.alarm",
        pgettext_lazy("duty", "Raise the alarm, answer it, lead in an emergency"),
        is_for_keys=True,
        opens=Opens.PLACE,
    ),
    Duty("cases.supervise", pgettext_lazy("duty", "Urge and supervise cases"), is_for_keys=True),
    Duty("cases.judge", pgettext_lazy("duty", "Decide appeals"), is_for_keys=True),
    Duty("conversations.answer", pgettext_lazy("duty", "Answer residents' messages"), opens=Opens.BOTH),
    Duty("conversations.watch", pgettext_lazy("duty", "See to overdue answers to residents"), opens=Opens.BOTH),
    Duty("conversations.on_call", pgettext_lazy("duty", "Is named to residents after hours")),
    Duty("counter.take", pgettext_lazy("duty", "Take calls and walk-ins"), is_for_keys=True, opens=Opens.PLACE),
    Duty(
        "counter.import", pgettext_lazy("duty", "Bring in tickets of the hotline"), is_for_keys=True, opens=Opens.PLACE
    ),
    Duty("counter.scripts", pgettext_lazy("duty", "Write what is said to callers"), is_for_keys=True),
    Duty("counter.first_asked", pgettext_lazy("duty", "Note how whoever asked was helped"), is_for_keys=True),
    Duty(
        "counter.overview",
        pgettext_lazy("duty", "See how people were helped, in counts"),
        is_for_keys=True,
        opens=Opens.PLACE,
    ),
    Duty("mediation.mediate", pgettext_lazy("duty", "Mediate disputes")),
    Duty("mediation.appoint", pgettext_lazy("duty", "Arrange who mediates"), opens=Opens.TABLE),
    Duty("repeats.decide", pgettext_lazy("duty", "Look at flagged reports, decide limits"), opens=Opens.TABLE),
    Duty("repeats.review", pgettext_lazy("duty", "Hear appeals against limits"), opens=Opens.TABLE),
    Duty(
        "worklists.issue",
        pgettext_lazy("duty", "Issue work lists, strike off results"),
        is_for_keys=True,
        opens=Opens.BOTH,
    ),
    Duty("worklists.answer", pgettext_lazy("duty", "Answer work lists"), is_for_keys=True, opens=Opens.BOTH),
    Duty("worklists.sort", pgettext_lazy("duty", "Sort results of work lists"), is_for_keys=True, opens=Opens.BOTH),
    Duty("worklists.see", pgettext_lazy("duty", "See work lists and results"), is_for_keys=True, opens=Opens.BOTH),
    Duty("places.areas", pgettext_lazy("duty", "Plan and approve changes of areas")),
    Duty("places.boundaries", pgettext_lazy("duty", "Draw, check and publish boundaries")),
    Duty("people.see", pgettext_lazy("duty", "See who holds what"), opens=Opens.TABLE, is_kept=True),
    Duty("people.postings", pgettext_lazy("duty", "Arrange postings"), opens=Opens.TABLE),
    Duty("configuration.manage", pgettext_lazy("duty", "Set up areas, roles, categories and limits")),
    Duty(
        "emergency.manage",
        pgettext_lazy("duty", "Set up duty rosters and emergency plans"),
        is_for_keys=True,
        opens=Opens.TABLE,
    ),
    Duty("people.departments", pgettext_lazy("duty", "Set up departments")),
    Duty("calendars.manage", pgettext_lazy("duty", "Set up calendars and working hours")),
    Duty("notices.manage", pgettext_lazy("duty", "See how notices go out, set up robots"), opens=Opens.TABLE),
    Duty("people.accounts", pgettext_lazy("duty", "Manage accounts and postings"), opens=Opens.TABLE),
    Duty("people.audit", pgettext_lazy("duty", "See who looked at whose data"), opens=Opens.TABLE),
    Duty("people.keys", pgettext_lazy("duty", "Manage API keys"), opens=Opens.TABLE),
)
DUTIES = {duty.key: duty for duty in _LIST}
KEY_DUTIES = frozenset(duty.key for duty in _LIST if duty.is_for_keys)
KEPT_DUTIES = frozenset(duty.key for duty in _LIST if duty.is_kept)
