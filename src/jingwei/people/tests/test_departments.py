"""Offices are renamed, moved and closed, and what lies with them goes along."""

import pytest
from django.urls import reverse

from jingwei.kernel.public import NotPermitted, Refused
from jingwei.people import actions
from jingwei.people.models import Department
from jingwei.people.testing import STREET, a_department, a_holder, a_posting, let_in
from jingwei.places.public import codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
DISTRICT = codes.ancestor(STREET, codes.Level.DISTRICT)


@pytest.fixture
def administrator():
    return a_holder("administrator", DISTRICT)


def test_an_office_is_renamed_unless_another_beside_it_is_called_so(administrator):
    office, _other = a_department("Roads"), a_department("Lamps")
    assert actions.rename_department(office, name="Streets", by=administrator).name == "Streets"

    with pytest.raises(Refused, match="“Lamps” already"):
        actions.rename_department(office, name="Lamps", by=administrator)


def test_an_office_is_never_a_part_of_its_own_parts(administrator):
    whole = a_department("Works")
    part = a_department("Roads", parent=whole)
    crew = a_department("Crew", parent=part)

    for parent in (whole, part, crew):
        with pytest.raises(Refused, match="not a part of itself"):
            actions.move_department(whole, parent, by=administrator)
    assert actions.move_department(crew, whole, by=administrator).parent == whole
    assert actions.move_department(crew, None, by=administrator).parent is None


def test_an_office_of_the_district_is_no_part_of_a_street_s(administrator):
    with pytest.raises(Refused, match="no area outside the whole"):
        actions.move_department(a_department(code=DISTRICT), a_department(code=STREET), by=administrator)


def test_an_office_closes_once_nobody_and_nothing_is_in_it(administrator):
    office, crew = a_department("Works"), None
    crew = a_department("Crew", parent=office)
    posting = a_posting("department_handler", crew)

    with pytest.raises(Refused, match="has parts that are open"):
        actions.close_department(office, by=administrator)
    with pytest.raises(Refused, match="People are posted"):
        actions.close_department(crew, by=administrator)
    actions.end_posting(posting, by=None)
    closed = actions.close_department(crew, successor=office, by=administrator)

    assert (closed.closed_on is not None, closed.successor) == (True, office)
    assert list(Department.objects.serving(STREET)) == [office]
    with pytest.raises(Refused, match="is closed"):
        actions.rename_department(crew, name="Again", by=administrator)
    with pytest.raises(Refused, match="is closed"):
        a_department("New crew", parent=crew)


def test_a_successor_serves_the_whole_area(administrator):
    office = a_department(code=DISTRICT)

    with pytest.raises(Refused, match="does not serve the whole area"):
        actions.close_department(office, successor=a_department(code=STREET), by=administrator)
    with pytest.raises(Refused, match="another office"):
        actions.close_department(office, successor=office, by=administrator)


def test_offices_are_set_up_by_who_holds_the_duty_there():
    stranger = a_holder("administrator", DISTRICT + codes.Level.DISTRICT.step)
    office = a_department()

    for act in (actions.close_department, lambda one, by: actions.rename_department(one, name="X", by=by)):
        with pytest.raises(NotPermitted):
            act(office, by=stranger)


def test_the_tree_is_shown_and_changed_at_the_desk(visitor, administrator):
    an_area(codes.child(STREET, 1))
    office = a_department("Works")
    let_in(visitor, administrator)
    form = {"name": "Crew", "name_en": "", "code": STREET, "parent": office.pk}
    assert visitor.post(reverse("people:new-department"), form).status_code == 302
    crew = Department.objects.get(name="Crew")

    visitor.post(reverse("people:rename-department", args=[crew.pk]), {"name": "Night crew"})
    visitor.post(reverse("people:move-department", args=[crew.pk]), {"parent": ""})
    page = visitor.get(reverse("people:departments")).content.decode()

    assert "Night crew" in page
    assert Department.objects.get(pk=crew.pk).parent is None
    visitor.post(reverse("people:close-department", args=[crew.pk]), {"words": ""})
    assert "Night crew" not in visitor.get(reverse("people:departments")).content.decode()
