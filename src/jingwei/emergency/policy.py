"""Who may do what in emergencies: those who answer alarms at the place work on an incident, administrators prepare."""

from jingwei.emergency.models import Incident, Plan, Shift
from jingwei.kernel.public import permit
from jingwei.people.public import has_duty, has_duty_anywhere

ANSWERS, MANAGES = "cases.alarm", "emergency.manage"

permit("emergency.work", has_duty(ANSWERS), Incident)
permit("emergency.roster", has_duty(MANAGES), Shift)
permit("emergency.plans", has_duty_anywhere(MANAGES), Plan)
