"""What other modules may use from here. Templates and tags need no import."""

from jingwei.ui.administration import AdminPage, admin_doors, register_admin_page
from jingwei.ui.bell import Bell, register_bell
from jingwei.ui.errors import too_many
from jingwei.ui.guards import duty_required, register_guards
from jingwei.ui.machines import MachineAnswer, register_machine_answer
from jingwei.ui.own import OwnPage, own_doors, register_own_page
from jingwei.ui.states import STATES, State
from jingwei.ui.switch import Portal, portals_of, register_portal
from jingwei.ui.words import MONTHS, WEEKDAYS, by_when, clock_time, day_or_time, exact, late, left, moment, phone_masked

__all__ = [
    "MONTHS",
    "STATES",
    "WEEKDAYS",
    "AdminPage",
    "Bell",
    "MachineAnswer",
    "OwnPage",
    "Portal",
    "State",
    "admin_doors",
    "by_when",
    "clock_time",
    "day_or_time",
    "duty_required",
    "exact",
    "late",
    "left",
    "moment",
    "own_doors",
    "phone_masked",
    "portals_of",
    "register_admin_page",
    "register_bell",
    "register_guards",
    "register_machine_answer",
    "register_own_page",
    "register_portal",
    "too_many",
]
