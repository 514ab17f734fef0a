"""The ground that records stand on: the source's city as a district of ours, and its departments."""

from collections.abc import Iterable, Sequence

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.exchange.records.entries import Entry
from jingwei.exchange.records.mapping import Mapping
from jingwei.exchange.records.plan import plan_areas
from jingwei.exchange.records.survey import Survey
from jingwei.kernel.public import Refused
from jingwei.people.public import Department, Member, create_department
from jingwei.places.public import Area, Level, codes, create_areas, find_many


class Ground:
    """Where a record lies, and whose it is, by the codes and keys of the database."""

    def __init__(self, mapping: Mapping, departments: Iterable[str]) -> None:
        self._district = mapping.district.number
        self._span = codes.span(self._district)
        self._communities = self._named_communities(self._district)
        self._departments = _department_ids(mapping, departments)

    @staticmethod
    def _named_communities(district: int) -> dict[str, int]:
        rows = Area.objects.current().under(district).at(Level.COMMUNITY).values_list("name", "code")
        return dict(rows.order_by("-code"))

    def department(self, entry: Entry) -> int:
        return self._departments[entry.department]

    def locate(self, entries: Sequence[Entry]) -> list[int]:
        """The area of each: its grid, or else the community that it names, or else the district."""
        nowhere = float("nan")
        longitudes = [nowhere if entry.longitude is None else entry.longitude for entry in entries]
        latitudes = [nowhere if entry.latitude is None else entry.latitude for entry in entries]
        low, high = self._span
        return [
            int(code) if low <= code <= high else self._communities.get(entry.community, self._district)
            for entry, code in zip(entries, find_many(longitudes, latitudes), strict=True)
        ]


@atomic
def make_ground(mapping: Mapping, found: Survey, *, by: Member | None) -> None:
    """Make what is missing of the district and its departments."""
    code = mapping.district.number
    known = Area.objects.filter(pk=code).first()
    if known is not None and known.name != mapping.district.name:
        raise Refused(
            _("The code %(code)s belongs to %(name)s here. Give the district another code in the mapping.")
            % {"code": mapping.district.code, "name": known.title}
        )
    if known is None:
        create_areas(plan_areas(mapping.district, found), by=by)
    _make_departments(mapping, found.departments, by)


def _make_departments(mapping: Mapping, values: Iterable[str], by: Member | None) -> None:
    code = mapping.district.number
    known = set(Department.objects.filter(code=code, parent=None).values_list("name", flat=True))
    for value in sorted(values):
        name, name_en = _office(mapping, value)
        if name not in known:
            create_department(name=name, name_en=name_en, code=code, by=by)
            known.add(name)


def _department_ids(mapping: Mapping, values: Iterable[str]) -> dict[str, int]:
    here = Department.objects.filter(code=mapping.district.number, parent=None)
    known = dict(here.values_list("name", "pk"))
    return {value: known[_office(mapping, value)[0]] for value in values}


def _office(mapping: Mapping, value: str) -> tuple[str, str]:
    """The two names of the department that the source calls `value`."""
    office = mapping.departments.get(value or mapping.office)
    return (office.name, office.name_en) if office else ((value or mapping.office)[:60], "")
