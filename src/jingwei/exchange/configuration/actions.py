"""Everything that changes what an installation decides for itself: a set is brought in, then put into force."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.exchange.configuration.comparing import compared
from jingwei.exchange.configuration.facts import SetAdopted, SetBrought
from jingwei.exchange.configuration.files import written
from jingwei.exchange.configuration.models import ConfigurationSet
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member

JUST_BEFORE = timedelta(microseconds=1)
TURNSTILE = 0x6A77_6366
"""Number of the lock that lets one set in at a time; the same in every process."""


@atomic
def bring_set(
    files: Mapping[str, str], *, note: str = "", by: Member | None, now: datetime | None = None
) -> ConfigurationSet:
    """Keep a set of files, to be compared and tried. It changes nothing yet, and may have faults."""
    now = now or clock.now()
    _queue()
    brought = ConfigurationSet(number=_next(), note=note[:200], files=dict(files), brought_at=now, brought_by=by)
    _ask(by, brought)
    brought.save()
    publish(SetBrought(number=brought.number), by=by, at=now)
    return brought


@atomic
def adopt_set(brought: ConfigurationSet, *, by: Member | None, now: datetime | None = None) -> ConfigurationSet:
    """Put a set into force, all of it or, where anything is wrong with it, nothing.

    What held until now is kept as a set of its own unless the set in force says just that.
    """
    now = now or clock.now()
    _queue()
    chosen = ConfigurationSet.objects.select_for_update().get(pk=brought.pk)
    _ask(by, chosen)
    parts = compared(chosen.files)
    faults = [fault for part in parts for fault in part.faults]
    if faults:
        first = {"file": faults[0].file, "row": faults[0].row, "said": faults[0].said, "n": len(faults)}
        raise Refused(_("%(n)d faults keep this set from use. The first, %(file)s row %(row)d: %(said)s") % first)
    if not any(part.difference.is_there for part in parts):
        raise Refused(_("This set says what holds already. Nothing was changed."))
    _keep_what_holds(but=chosen, by=by, now=now)
    for part in parts:
        if part.difference.is_there:
            part.part.adopt(part.rows, by=by, now=now)
    chosen.adopted_at, chosen.adopted_by = now, by
    chosen.save(update_fields=["adopted_at", "adopted_by"])
    publish(SetAdopted(number=chosen.number), by=by, at=now)
    return chosen


def in_force() -> ConfigurationSet | None:
    """The set that was put into force last; None where nobody has brought one yet."""
    return ConfigurationSet.objects.filter(adopted_at__isnull=False).order_by("-adopted_at", "-number").first()


def _keep_what_holds(*, but: ConfigurationSet, by: Member | None, now: datetime) -> None:
    last, files = in_force(), written()
    if last is not None and last.files.keys() == files.keys() and not _differs(last):
        return
    note, before = _("What held before set %(number)d") % {"number": but.number}, now - JUST_BEFORE
    ConfigurationSet.objects.create(
        number=_next(), note=note, files=files, brought_at=before, brought_by=by, adopted_at=before, adopted_by=by
    )


def _differs(brought: ConfigurationSet) -> bool:
    return any(part.difference.is_there for part in compared(brought.files))


def _next() -> int:
    return int(ConfigurationSet.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _queue() -> None:
    """One after another: two people who press at once get two sets, and the second is compared with the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURNSTILE])


def _ask(by: Member | None, brought: ConfigurationSet) -> None:
    if by is not None:
        require(by, "configuration.manage", brought)
