"""Who works when in the demo: the district's office hours, and one crew day and night."""

from datetime import datetime

from jingwei.calendars.public import calendars, crew_of, set_hours
from jingwei.demo.town import Town
from jingwei.kernel.public import Schedule, Season, Stretch, clock
from jingwei.people.public import Department

CREW = "water-1"
WINTER, SUMMER = (
    tuple(Stretch(begin, end) for begin, end in spans)
    for spans in (((510, 720), (840, 1050)), ((480, 720), (870, 1080)))
)
DISTRICT_HOURS = Schedule((Season((5, 1), (SUMMER,) * 5 + ((), ())), Season((10, 1), (WINTER,) * 5 + ((), ()))))


def build_hours(town: Town, now: datetime) -> int:
    """The district's hours of summer and winter, and a crew that mends burst pipes day and night, from today on."""
    if calendars().edition:
        return 0
    today = clock.local(now).date()
    set_hours(("a", town.district), DISTRICT_HOURS, begins_on=today, by=None, now=now)
    crew = Department.objects.get(key=CREW)
    set_hours(("d", crew.pk), crew_of("three"), begins_on=today, by=None, now=now)
    return 2
