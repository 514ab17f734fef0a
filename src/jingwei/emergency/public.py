"""What other modules may use of emergencies."""

from jingwei.emergency.actions import add_note, answer_incident, answer_step, stand_down
from jingwei.emergency.api import router as emergency_router
from jingwei.emergency.api_setup import router as duty_router
from jingwei.emergency.calling import call_due
from jingwei.emergency.facts import IncidentChanged, PlanChanged, RosterChanged
from jingwei.emergency.forms import AlarmForm, danger_for
from jingwei.emergency.hearing import Heard, hear
from jingwei.emergency.models import Incident, PlanStep, Shift
from jingwei.emergency.plan_actions import lay_down_plan, restore_standard
from jingwei.emergency.pressing import Pressed, press_button, press_for
from jingwei.emergency.roster_actions import add_shift, fill_roster, remove_shift
from jingwei.emergency.web.button import button_pages

__all__ = [
    "AlarmForm",
    "Heard",
    "Incident",
    "IncidentChanged",
    "PlanChanged",
    "PlanStep",
    "Pressed",
    "RosterChanged",
    "Shift",
    "add_note",
    "add_shift",
    "answer_incident",
    "answer_step",
    "button_pages",
    "call_due",
    "danger_for",
    "duty_router",
    "emergency_router",
    "fill_roster",
    "hear",
    "lay_down_plan",
    "press_button",
    "press_for",
    "remove_shift",
    "restore_standard",
    "stand_down",
]
