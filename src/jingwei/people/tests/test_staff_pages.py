"""The table of who holds what, its counters and views, and what is arranged from it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from jingwei.people import actions, matrix
from jingwei.people.exporting import guarded
from jingwei.people.models import Absence, KeptClash, Posting, Read
from jingwei.people.queries import today
from jingwei.people.testing import STREET, a_department, a_holder, a_member, a_posting, let_in
from jingwei.places.public import Area, codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
DISTRICT = codes.ancestor(STREET, codes.Level.DISTRICT)
COMMUNITY = codes.child(STREET, 1)
GRIDS = [codes.child(COMMUNITY, number) for number in (1, 2, 3)]
OTHER_STREET = STREET + codes.Level.STREET.step
DAY = timedelta(days=1)


@pytest.fixture
def street():
    """A street with one community, three grids of which the last is vacant, and an office."""
    for code in GRIDS:
        an_area(code)
    a_posting("grid_worker", GRIDS[0], member=a_member("Zhou Min"))
    a_posting("grid_worker", GRIDS[1], member=a_member("Sun Yumei"))
    a_posting("department_handler", a_department("Drainage", code=STREET), member=a_member("Zheng Hai"))
    return Area.objects.get(pk=STREET)


@pytest.fixture
def officer():
    return a_holder("posting_officer", STREET, name="Xu Ming")


@pytest.fixture
def desk(visitor, street, officer):
    return let_in(visitor, officer)


def table(client, **query):
    response = client.get(reverse("people:people"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_members_pane_is_not_opened_in_silence(desk, officer):
    worker = Posting.objects.get(code=GRIDS[0]).member
    table(desk, member=worker.pk)
    table(desk, member=officer.pk)

    assert list(Read.objects.values_list("kind", "subject", "reader", "reason")) == [
        ("people.postings", worker.pk, officer.pk, "postings")
    ]


def test_the_table_lists_the_place_its_grids_and_its_offices(desk):
    page = table(desk)

    assert all(name in page for name in ("Xu Ming", "Zhou Min", "Sun Yumei", "Zheng Hai", "Drainage"))
    assert "Vacant 1" in page
    assert page.index("Xu Ming</a>") < page.index("Zhou Min</a>") < page.index("Zheng Hai</a>")


def test_a_page_costs_the_same_however_many_are_posted(desk, street, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(40) as asked:
            table(desk)
        return len(asked)

    first = count()
    for number in range(4, 30):
        code = codes.child(COMMUNITY, number)
        an_area(code)
        a_posting("grid_worker", code)
    assert count() == first


def test_a_large_place_comes_in_pages_that_miss_nothing(street, monkeypatch):
    monkeypatch.setattr(matrix, "PAGE_AREAS", 2)
    seen, after = [], 0
    for _page in range(10):
        page = matrix.matrix(street, today(), after=after)
        seen += [(row.place, row.posting and row.posting.role) for group in page.groups for row in group.rows]
        after = page.next
        if not after:
            break

    assert len(seen) == len(set(seen))
    assert sorted(role or "" for _place, role in seen) == ["", "department_handler", "grid_worker", "grid_worker"]


def test_a_district_lists_its_streets_and_not_what_is_below_them(visitor, street):
    reader = a_holder("leader", DISTRICT, name="Lin Guohua")
    page = table(let_in(visitor, reader))

    assert "Lin Guohua" in page
    assert f"?at={STREET}" in page
    assert "Zhou Min" not in page
    assert "Zhou Min" in table(visitor, at=codes.write(STREET))


def test_what_lies_elsewhere_is_not_there(desk):
    an_area(codes.child(OTHER_STREET, 1))
    for at in (codes.write(OTHER_STREET), codes.write(DISTRICT), "x", "0"):
        assert desk.get(reverse("people:people"), {"at": at}).status_code == 404
    stranger = a_posting("leader", OTHER_STREET).member_id
    assert desk.get(reverse("people:people"), {"member": stranger}).status_code == 404


@pytest.mark.parametrize("words", ["yumei", "Sun Yumei", "grid worker"])
def test_somebody_is_found_by_name_or_posting(desk, words):
    assert "Sun Yumei</a>" in table(desk, q=words)
    assert "Zheng Hai" not in table(desk, q=words)


def test_what_nobody_is_called_finds_nothing(desk):
    assert "Nobody is posted here yet" in table(desk, q="nobody at all")


def test_one_who_handles_and_checks_by_two_postings_clashes_until_a_reason_is_given(desk, street, officer):
    both = a_posting("community_officer", COMMUNITY, member=a_member("Li Xiang")).member
    second = a_posting("property_manager", GRIDS[0], member=both)
    first = both.postings.get(role="community_officer")
    assert matrix.tally(street, today()).clashes == 1
    assert "Li Xiang" in table(desk, only="clash")
    assert "who handles a case does not check it" in table(desk, member=both.pk)

    answer = desk.post(reverse("people:keep-clash", args=[first.pk, second.pk]), {"reason": "Nobody else is there"})

    assert answer.status_code == 302
    assert KeptClash.objects.get().kept_by == officer
    assert matrix.tally(street, today()).clashes == 0
    assert "Nobody else is there" in table(desk, member=both.pk)


def test_a_grid_worker_s_own_duties_are_no_clash(street):
    assert matrix.open_clashes(street, today()) == []


def test_a_grid_is_vacant_from_the_day_its_worker_ends(street):
    posting = Posting.objects.get(code=GRIDS[0])
    actions.end_posting(posting, ends_on=today() + DAY, by=None)

    assert [grid.code for grid in matrix.vacant_grids(street, today())] == [GRIDS[2]]
    assert [grid.code for grid in matrix.vacant_grids(street, today() + DAY)] == [GRIDS[0], GRIDS[2]]


@pytest.mark.parametrize("view", ["duties", "time"])
def test_the_other_views_show_the_same_people(desk, view):
    page = table(desk, view=view)

    assert "Zhou Min" in page
    assert "Xu Ming" in page


def test_a_member_stands_beside_the_table_with_all_they_held(desk):
    old = a_posting("leader", STREET, member=a_member("Gao Yuan"), ends_on=today() - DAY)
    a_posting("inspector", STREET, member=old.member)
    page = table(desk, member=old.member_id)

    assert page.index("Inspector</b>") > 0
    assert "Leader</b>" in page


def test_a_posting_is_arranged_by_names(desk):
    member = a_member("Tian Yu")
    form = {"member": "Tian Yu", "role": "grid_worker", "place": codes.write(GRIDS[2]), "begins_on": today()}
    answer = desk.post(reverse("people:arrange"), form)

    assert answer.status_code == 302
    assert member.postings.get().code == GRIDS[2]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"member": "Nobody"}, "Nobody on the staff is called so"),
        ({"member": "Twin"}, "Several are called so: Twin"),
        ({"place": "Nowhere"}, "No area or office of yours is called so"),
        ({"place": str(OTHER_STREET)}, "No area or office of yours is called so"),
        ({"place": "Drainage"}, "This posting is held at an area"),
        ({"role": "leader"}, "held at these levels"),
        ({"role": "security_officer"}, "Select a valid choice"),
        ({"begins_on": "soon"}, "Enter a valid date"),
        ({"categories": "abc"}, "is not the code of a category"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_form_and_kept_in_it(desk, typed, said):
    for _ in range(2):
        a_member("Twin")
    a_member("Tian Yu")
    form = {"member": "Tian Yu", "role": "grid_worker", "place": codes.write(GRIDS[2]), "begins_on": today(), **typed}
    answer = desk.post(reverse("people:arrange"), form)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_posting_is_changed_and_ended(desk):
    posting = Posting.objects.get(code=GRIDS[0])
    until = today() + 30 * DAY
    assert desk.post(reverse("people:posting", args=[posting.pk]), {"categories": "02，0101", "ends_on": until}).url
    posting.refresh_from_db()
    assert (posting.categories, posting.ends_on) == (["0101", "02"], until)

    desk.post(reverse("people:end-posting", args=[posting.pk]), {"ends_on": today()})

    posting.refresh_from_db()
    assert posting.ends_on == today()


def test_an_absence_is_arranged_and_ended(desk):
    worker = Posting.objects.get(code=GRIDS[0]).member
    days = {"begins_on": today(), "ends_on": today() + 3 * DAY}
    address = reverse("people:absence", args=[worker.pk])
    assert desk.post(address, {"kind": "leave", "delegate": "Sun Yumei", **days}).status_code == 302
    assert "Sun Yumei stands in" in table(desk)

    desk.post(reverse("people:end-absence", args=[Absence.objects.get().pk]))

    assert Absence.objects.get().ends_on == today()


@pytest.mark.parametrize("name", ["posting", "end-posting"])
def test_postings_elsewhere_are_not_there(desk, name):
    posting = a_posting("leader", OTHER_STREET)

    assert desk.get(reverse(f"people:{name}", args=[posting.pk])).status_code == 404


def test_who_only_looks_arranges_nothing(visitor, street):
    let_in(visitor, a_holder("leader", STREET))
    posting = Posting.objects.get(code=GRIDS[0])

    assert "Arrange a posting" not in table(visitor)
    for name, args in (("arrange", []), ("posting", [posting.pk]), ("absence", [posting.member_id])):
        assert visitor.get(reverse(f"people:{name}", args=args)).status_code == 404


def test_the_export_holds_every_posting_as_text(desk):
    a_posting("leader", STREET, member=a_member("=1+1"))
    answer = desk.get(reverse("people:people-export"))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert len(rows) == 1 + Posting.objects.count()
    assert {"Zhou Min", "Zheng Hai", "'=1+1"} <= {row[1] for row in rows}
    assert b"<f>" not in answer.content


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1"])
def test_no_text_is_taken_for_a_formula(text):
    assert guarded(text) == f"'{text}"
