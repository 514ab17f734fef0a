"""What calendars hold of persons: nothing."""

from jingwei.calendars.models import AnnouncedYear, Edition, OfficeHours, OwnDays, QuietHoursSetting
from jingwei.kernel.public import not_personal

not_personal(Edition, "kind", "transaction", because="a code, and a number of the database")
not_personal(AnnouncedYear, "off", "on", "source", because="published for everyone")
not_personal(OfficeHours, "begins_on", "schedule", because="the hours of an office; who works in it stands elsewhere")
not_personal(
    OwnDays,
    *("first_on", "last_on", "hours", "reason"),
    because="the days of an office; the form says that everyone reads the reason",
)
not_personal(QuietHoursSetting, "begins", "ends", because="times of the day, the same for everyone")
