"""What other modules may use of mediation."""

from jingwei.mediation.actions import (
    NewParty,
    add_paper,
    end_mediation,
    escalate_mediation,
    hold_session,
    make_visit,
    name_mediator,
    note_signature,
    open_mediation,
    plan_session,
    plan_visit,
    take_on,
    write_agreement,
)
from jingwei.mediation.facts import MediationMoved
from jingwei.mediation.models import Mediation
from jingwei.mediation.telling import remind

__all__ = [
    "Mediation",
    "MediationMoved",
    "NewParty",
    "add_paper",
    "end_mediation",
    "escalate_mediation",
    "hold_session",
    "make_visit",
    "name_mediator",
    "note_signature",
    "open_mediation",
    "plan_session",
    "plan_visit",
    "remind",
    "take_on",
    "write_agreement",
]
