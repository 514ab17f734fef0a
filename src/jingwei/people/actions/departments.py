"""What changes departments."""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, publish
from jingwei.people.actions.asking import ask
from jingwei.people.facts import DepartmentCreated
from jingwei.people.models import Department, Member
from jingwei.places.public import Level, level_of, span


@atomic
def create_department(
    *,
    name: str,
    name_en: str = "",
    key: str = "",
    code: int,
    parent: Department | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Department:
    """An office that serves the street or district `code`, or a part of `parent`, which serves as much or more."""
    if level_of(code) not in (Level.DISTRICT, Level.STREET):
        raise Refused(_("A department belongs to a street or a district."))
    if parent is not None and not _lies_in(code, parent.code):
        raise Refused(_("A part of a department serves no area outside the whole."))
    if Department.objects.filter(name=name, code=code, parent=parent).exists():
        raise Refused(_("There is a department “%(name)s” already.") % {"name": name})
    department = Department(name=name, name_en=name_en, key=key, code=code, parent=parent)
    ask(by, "people.create_department", department)
    department.save()
    publish(DepartmentCreated(department_id=department.pk, code=code), by=by, at=now)
    return department


def _lies_in(code: int, whole: int) -> bool:
    first, last = span(whole)
    return first <= code <= last
