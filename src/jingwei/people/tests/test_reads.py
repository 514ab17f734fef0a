"""The log of reads: what is noted, who sees it, and that nobody changes it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.db.transaction import atomic
from django.utils.translation import gettext_lazy

from jingwei.kernel.public import Refused
from jingwei.kernel.testing import acting_as
from jingwei.people import reads
from jingwei.people.actions import note_read
from jingwei.people.models import Read
from jingwei.people.reads import Sought, Thing, Things, reads_by, reads_of, reads_sought
from jingwei.people.testing import a_member, a_posting, a_resident, let_in
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
CODE = codes.make(990101, 1, 1, 1)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """A kind of reading, and things that are called by their id."""
    monkeypatch.setattr(
        reads,
        "_known",
        reads._Known(
            {
                "test.words": reads.ReadKind("test.words", gettext_lazy("Your words")),
                "people.log": reads.ReadKind("people.log", gettext_lazy("The log")),
            },
            Things(
                lambda ids: {key: Thing(f"Thing {key}", f"/own/{key}", f"/desk/{key}") for key in ids}, lambda t: [t]
            ),
        ),
    )


def worker(name="Wu Fang"):
    return a_posting("grid_worker", CODE, member=a_member(name)).member


def test_a_person_sees_who_looked_when_and_what_for():
    resident, reader = a_resident("Li"), worker()
    note_read("test.words", subject_id=resident.pk, thing="7", code=CODE, by=reader, now=NOON)
    note_read("test.words", subject_id=a_resident().pk, thing="8", code=CODE, by=reader, now=NOON)

    (one,) = reads_of(resident).list

    assert (one.reader, one.what, one.reason, one.at, one.times) == (
        "Wu Fang",
        "Your words",
        "To work on the case",
        NOON,
        1,
    )
    assert one.office.startswith("Grid worker")
    assert one.thing.name == "Thing 7"
    assert len(reads_by(reader).list) == 2


def test_the_same_on_one_day_is_one_entry_with_a_count():
    resident, reader = a_resident(), worker()
    for hours in (0, 1, 24):
        note_read("test.words", subject_id=resident.pk, thing="7", by=reader, now=NOON + timedelta(hours=hours))

    assert [one.times for one in reads_of(resident).list] == [1, 2]


def test_the_office_is_that_of_the_day_of_reading():
    reader = a_member("Wu Fang")
    a_posting("grid_worker", CODE, member=reader, begins_on=date(2025, 1, 1), ends_on=date(2026, 3, 1))
    a_posting("counter_clerk", codes.make(990101, 1, 1), member=reader, begins_on=date(2026, 3, 1))
    resident = a_resident()
    note_read("test.words", subject_id=resident.pk, by=reader, now=NOON - timedelta(days=30))

    assert reads_of(resident).list[0].office.startswith("Grid worker")


def test_looking_at_ones_own_is_not_noted():
    resident = a_resident()
    note_read("test.words", subject_id=resident.pk, by=resident)

    assert not Read.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": "curiosity"}, "Choose a reason"),
        ({"reason": "other"}, "Say in a few words"),
        ({"reason": "other", "words": "  "}, "Say in a few words"),
        ({"words": "x" * 201}, "200 characters"),
    ],
)
def test_a_reason_comes_from_the_list_and_another_one_in_words(said, why):
    with pytest.raises(Refused, match=why):
        note_read("test.words", subject_id=a_resident().pk, by=worker(), **said)


def test_a_kind_that_nobody_registered_is_a_bug():
    with pytest.raises(ValueError, match=r"test\.secret"):
        note_read("test.secret", subject_id=None, by=worker())


def test_the_database_refuses_to_change_an_entry():
    note_read("test.words", subject_id=None, by=worker())

    with acting_as("none"), pytest.raises(DatabaseError, match="never changed"), atomic():
        Read.objects.update(words="nothing of the kind")


def test_pages_follow_each_other_without_a_gap(monkeypatch):
    resident, reader = a_resident(), worker()
    for number in range(reads.PAGE + 5):
        note_read("test.words", subject_id=resident.pk, thing=str(number), by=reader)

    first = reads_of(resident)
    second = reads_of(resident, after=first.next)

    assert (len(first.list), len(second.list), second.next) == (reads.PAGE, 5, "")
    assert len({one.thing.name for one in first.list + second.list}) == reads.PAGE + 5
    with pytest.raises(Refused, match="cannot be found"):
        reads_of(resident, after="nonsense")


def test_an_auditor_finds_by_reader_person_thing_reason_and_day():
    resident, neighbour, reader, other = a_resident(), a_resident(), worker(), worker("Zhao")
    for by, subject, thing, reason, days in (
        (reader, resident, "7", "work", 0),
        (reader, neighbour, "8", "call_back", 0),
        (other, resident, "7", "work", 2),
    ):
        note_read(
            "test.words", subject_id=subject.pk, thing=thing, reason=reason, by=by, now=NOON + timedelta(days=days)
        )

    def found(**sought):
        return len(reads_sought(Sought(**sought)).list)

    assert found() == 3
    assert found(reader_ids=(reader.pk,)) == 2
    assert found(subject_ids=(resident.pk,)) == 2
    assert found(things=("7",), reader_ids=(other.pk,)) == 1
    assert found(reason="call_back") == 1
    assert found(kind="people.log") == 0
    assert found(since=date(2026, 3, 3)) == 1
    assert found(until=date(2026, 3, 2)) == 2


def test_ones_own_page_says_who_looked(visitor):
    resident = a_resident("Li")
    note_read("test.words", subject_id=resident.pk, thing="7", by=worker())
    let_in(visitor, resident)

    page = visitor.get("/me/reads/").content.decode()

    assert "Wu Fang" in page
    assert "/own/7" in page
    assert "What I looked at" not in page


def test_staff_see_what_they_looked_at(visitor):
    reader = worker()
    note_read("test.words", subject_id=a_resident("Li Hua").pk, by=reader)
    let_in(visitor, reader)

    assert "Nobody has looked" in visitor.get("/me/reads/").content.decode()
    assert "Li Hua" in visitor.get("/me/reads/?mine").content.decode()


def test_looking_somebody_up_in_the_log_is_noted_in_it(visitor):
    resident = a_resident("Li Hua", phone="13912345172")
    auditor = a_posting("auditor", codes.make(990101)).member
    note_read("test.words", subject_id=resident.pk, thing="7", by=worker())
    let_in(visitor, auditor)

    page = visitor.get("/desk/reads/", {"person": "139 1234 5172"}).content.decode()

    assert "Wu Fang" in page
    assert reads_of(resident).list[0].reader == auditor.name
    assert "Nobody has this name" in visitor.get("/desk/reads/", {"person": "Nobody"}).content.decode()


def test_an_exported_log_holds_no_formulas(visitor):
    auditor = a_posting("auditor", codes.make(990101)).member
    note_read("test.words", subject_id=None, reason="other", words="=HYPERLINK(1)", by=worker())
    let_in(visitor, auditor)

    answer = visitor.get("/desk/reads/", {"export": "1"})

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert ",'=HYPERLINK(1)," in answer.content.decode()


def test_the_log_is_the_auditors(visitor):
    let_in(visitor, worker())

    assert visitor.get("/desk/reads/").status_code == 404
