"""What changes departments."""

from datetime import datetime

from django.db.models import Q
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, publish
from jingwei.people.actions.asking import ask
from jingwei.people.facts import DepartmentChanged, DepartmentClosed, DepartmentCreated
from jingwei.people.models import Department, Member
from jingwei.people.queries import today
from jingwei.people.work import sources
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
    if parent is not None:  # as it is now: it may have been closed since
        parent = Department.objects.select_for_update(of=("self",)).get(pk=parent.pk)
    if parent is not None and not _lies_in(code, parent.code):
        raise Refused(_("A part of a department serves no area outside the whole."))
    if parent is not None and parent.closed_on is not None:
        raise Refused(_("“%(name)s” is closed.") % {"name": parent.name})
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


@atomic
def rename_department(
    department: Department, *, name: str, name_en: str = "", by: Member | None, now: datetime | None = None
) -> Department:
    """Another name; everything that lies with it stays."""
    department = _locked(department, by)
    beside = Department.objects.filter(name=name, code=department.code, parent=department.parent)
    if beside.exclude(pk=department.pk).exists():
        raise Refused(_("There is a department “%(name)s” already.") % {"name": name})
    department.name, department.name_en = name, name_en
    department.save(update_fields=["name", "name_en"])
    publish(DepartmentChanged(department_id=department.pk, code=department.code), by=by, at=now)
    return department


@atomic
def move_department(
    department: Department, parent: Department | None, *, by: Member | None, now: datetime | None = None
) -> Department:
    """To another department above it, or to none. Its open work lies on their dockets from now on."""
    department = _locked(department, by)
    if parent is not None:
        _check_parent(department, parent)
    department.parent = parent
    department.save(update_fields=["parent"])
    for source in sources():
        source.departments_moved([department.pk, *below(department)])
    publish(DepartmentChanged(department_id=department.pk, code=department.code), by=by, at=now)
    return department


@atomic
def close_department(
    department: Department,
    *,
    successor: Department | None = None,
    words: str = "",
    by: Member,
    now: datetime | None = None,
) -> Department:
    """The office is no more. What is open with it goes to `successor`, for the reason `words`."""
    department = _locked(department, by)
    names = {"name": department.name}
    if department.parts.filter(closed_on=None).exists():
        raise Refused(_("“%(name)s” has parts that are open. Close or move them first.") % names)
    if department.postings.filter(Q(ends_on=None) | Q(ends_on__gt=today(now))).exists():
        raise Refused(_("People are posted in “%(name)s”. Their postings are ended or moved first.") % names)
    if successor is not None:
        _check_successor(department, successor)
    count = sum(source.in_departments([department.pk]) for source in sources())
    if count and successor is None:
        raise Refused(_("%(count)d pieces of work lie with it. Name the office that takes them.") % {"count": count})
    if successor is not None:
        for source in sources():
            source.pass_department(department, successor, words or _("The office was closed."), by, now)
    department.closed_on, department.successor = today(now), successor
    department.save(update_fields=["closed_on", "successor"])
    publish(DepartmentClosed(department_id=department.pk, code=department.code), by=by, at=now)
    return department


def below(department: Department) -> list[int]:
    """Keys of all departments that are parts of it, or of its parts."""
    parents = dict(Department.objects.exclude(parent=None).values_list("pk", "parent_id"))
    found: list[int] = []
    for key in parents:
        step, seen = parents.get(key), {key}
        while step is not None and step not in seen:
            if step == department.pk:
                found.append(key)
                break
            seen.add(step)
            step = parents.get(step)
    return found


def _locked(department: Department, by: Member | None) -> Department:
    """Held until the transaction ends, with all others: a tree is changed by one at a time."""
    held = {one.pk: one for one in Department.objects.select_for_update(of=("self",)).order_by("pk")}
    department = held[department.pk]
    ask(by, "people.create_department", department)
    if department.closed_on is not None:
        raise Refused(_("“%(name)s” is closed.") % {"name": department.name})
    return department


def _check_parent(department: Department, parent: Department) -> None:
    if parent.pk == department.pk or parent.pk in below(department):
        raise Refused(_("A department is not a part of itself, nor of one of its parts."))
    if parent.closed_on is not None:
        raise Refused(_("“%(name)s” is closed.") % {"name": parent.name})
    if not _lies_in(department.code, parent.code):
        raise Refused(_("A part of a department serves no area outside the whole."))


def _check_successor(department: Department, successor: Department) -> None:
    if successor.pk == department.pk or successor.closed_on is not None:
        raise Refused(_("Choose another office that is open."))
    if not _lies_in(department.code, successor.code):
        raise Refused(_("“%(name)s” does not serve the whole area. Choose one that does.") % {"name": successor.name})
