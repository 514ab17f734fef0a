"""Everything that changes a mediation. An action is one transaction: lock, ask, change, publish."""

from jingwei.mediation.actions.agreeing import add_paper, note_signature, write_agreement
from jingwei.mediation.actions.arranging import name_mediator, release_mediator, take_on
from jingwei.mediation.actions.course import end_mediation, escalate_mediation, resume_mediation
from jingwei.mediation.actions.opening import NewParty, add_party, drop_party, open_mediation
from jingwei.mediation.actions.sessions import drop_session, hold_session, plan_session
from jingwei.mediation.actions.visits import drop_visit, make_visit, plan_visit

__all__ = [
    "NewParty",
    "add_paper",
    "add_party",
    "drop_party",
    "drop_session",
    "drop_visit",
    "end_mediation",
    "escalate_mediation",
    "hold_session",
    "make_visit",
    "name_mediator",
    "note_signature",
    "open_mediation",
    "plan_session",
    "plan_visit",
    "release_mediator",
    "resume_mediation",
    "take_on",
    "write_agreement",
]
