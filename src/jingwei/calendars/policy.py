"""Who sets up calendars: the administrator, within the area of the posting; a year's holidays, of any area."""

from jingwei.calendars.models import AnnouncedYear, OfficeHours, OwnDays, QuietHoursSetting
from jingwei.kernel.public import permit
from jingwei.people.public import has_duty, has_duty_anywhere

MANAGE = "calendars.manage"

permit("calendars.announce", has_duty_anywhere(MANAGE), AnnouncedYear)
permit("calendars.set_hours", has_duty(MANAGE), OfficeHours)
permit("calendars.set_days", has_duty(MANAGE), OwnDays)
permit("calendars.set_quiet", has_duty_anywhere(MANAGE), QuietHoursSetting)
