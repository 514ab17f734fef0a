"""What the database shows of cases, whatever a query asks for: tried past permits and ORM, as the web process."""

import pytest
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from jingwei.cases.models import PendingReport, Photo, Rating, Report, Words
from jingwei.cases.testing import a_case
from jingwei.kernel.public import NOWHERE, WHOLE, Reach, clock, opened, uuid7
from jingwei.kernel.testing import acting_as
from jingwei.people.public import Member, Posting, reach_of
from jingwei.people.testing import STREET, a_department, a_holder, a_resident, the_cast
from jingwei.places.public import codes

pytestmark = pytest.mark.django_db
ELSEWHERE = codes.child(STREET, 2)


@pytest.fixture
def cast():
    return the_cast()


@pytest.fixture
def case(cast):
    """Dispatched to the cast's department, with words and a photo."""
    case = a_case("dispatched", cast=cast, words="The lamp at the gate is out")
    Photo.objects.create(
        case=case,
        moment="before",
        member=cast.resident,
        code=case.code,
        file="photos/none.jpg",
        digest=b"1",
        width=1,
        height=1,
        recorded_at=clock.now(),
    )
    return case


def seen(reach, *models):
    """How many rows of each table there are within a reach, asked without any filter."""
    with opened(reach):
        return [model.objects.count() for model in models]


BESIDE = (Report, Photo)


@pytest.mark.parametrize("role", ["jw_web", "jw_worker"])
def test_without_a_reach_nothing_of_anybody_is_there(case, role):
    with acting_as(role):
        assert seen(NOWHERE, Report, Words, Photo, Rating, Member, Posting) == [0] * 6
        assert seen(WHOLE, *BESIDE) == [1, 1]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("resident", True),  # reported it
        ("grid_worker", True),
        ("community_officer", True),
        ("dispatcher", True),
        ("leader", True),
        ("department_handler", True),  # has it in hand
        ("security_officer", False),
    ],
)
def test_those_of_the_place_the_reporter_and_the_party_see_what_stands_beside_a_case(cast, case, who, sees):
    assert seen(reach_of(getattr(cast, who)), *BESIDE) == [int(sees)] * 2


def test_those_of_another_place_another_office_and_another_reporter_see_nothing(case):
    strangers = [
        a_holder("community_officer", ELSEWHERE),
        a_holder("department_handler", a_department()),
        a_resident(),
    ]

    assert [seen(reach_of(one), Report, Words, Photo, Rating) for one in strangers] == [[0] * 4] * 3


def test_who_had_a_case_in_hand_sees_only_their_own_words_once_it_is_closed(cast):
    a_case("closed", cast=cast, words="The lamp at the gate is out")
    handler = reach_of(cast.department_handler)

    assert seen(handler, Report) == [0]
    with opened(handler):
        texts = set(Words.objects.values_list("text", flat=True))
    assert "The lamp at the gate is out" not in texts
    with opened(WHOLE):
        own = Words.objects.filter(step__actor=cast.department_handler).values_list("text", flat=True)
        assert texts == set(own)


def test_residents_are_there_for_themselves_for_their_officers_and_where_they_reported(cast, case):
    def names(member):
        with opened(reach_of(member)):
            return set(Member.objects.filter(kind="resident").values_list("pk", flat=True))

    other = a_resident()

    assert names(cast.resident) == {cast.resident.pk}
    assert names(other) == {other.pk}
    assert names(cast.grid_worker) == {cast.resident.pk}
    assert names(a_holder("community_officer", ELSEWHERE)) == set()
    assert names(cast.security_officer) >= {cast.resident.pk, other.pk}


def test_a_row_out_of_reach_is_neither_changed_nor_deleted(case):
    with opened(reach_of(a_holder("dispatcher", codes.make(990101, 2)))):
        assert Report.objects.update(source="taken") == 0
        assert Words.objects.all().delete()[0] == 0
        assert Member.objects.filter(kind="resident").update(name="Nobody") == 0
        assert Member.objects.filter(kind="staff").select_for_update().exists()
        with pytest.raises(DatabaseError, match="row-level security"), atomic():
            Member.objects.filter(kind="staff").update(name="Nobody")


def test_a_row_is_not_pushed_out_of_reach(cast, case):
    with pytest.raises(DatabaseError, match="row-level security"), opened(reach_of(cast.grid_worker)):
        Report.objects.update(code=ELSEWHERE)


def test_what_is_being_written_is_its_browser_s_or_its_writer_s(cast):
    def pending(browser, member=None):
        row = PendingReport(id=uuid7(), browser=browser, member=member, words="…", changed_at=clock.now())
        row.save(force_insert=True)

    pending("a" * 64)
    pending("b" * 64, cast.resident)

    assert seen(Reach(bearer="a" * 64), PendingReport) == [1]
    assert seen(Reach(bearer="c" * 64), PendingReport) == [0]
    assert seen(reach_of(cast.resident), PendingReport) == [1]
    assert seen(reach_of(cast.grid_worker), PendingReport) == [0]


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE case_report DISABLE ROW LEVEL SECURITY",
        "DROP POLICY case_report_select ON case_report",
        "CREATE POLICY mine ON case_report USING (true)",
        "ALTER FUNCTION jw_whole() RENAME TO jw_partly",
        "CREATE FUNCTION jw_whole(x int) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET row_security = off; SELECT * FROM case_report",
        "TRUNCATE case_report",
        "UPDATE fact SET actor_id = 1",
        "DELETE FROM fact",
    ],
)
@pytest.mark.parametrize("role", ["jw_web", "jw_worker"])
def test_programs_cannot_lift_what_binds_them(case, attempt, role):
    with acting_as(role), opened(NOWHERE), pytest.raises(DatabaseError), atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)


def test_a_table_of_one_s_own_is_not_slipped_under_a_look_up(case):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE case_report (id uuid, digest bytea, case_id uuid)")
        cursor.execute("INSERT INTO pg_temp.case_report VALUES (%s, '\\x00', %s)", [case.pk, case.pk])
        cursor.execute("SELECT count(*) FROM known_reports(ARRAY[%s]::uuid[])", [case.pk])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("lamp", True),
        ("THE GATE", True),
        ("e g", False),
        ("gate lamp", False),
        ("lamb", False),
        ("l", False),
        ("%", False),
        ("' OR true --", False),
        ("", False),
        ("   ", False),
    ],
)
def test_words_are_found_as_they_stand(cast, case, said, is_found):
    with opened(reach_of(cast.grid_worker)):
        assert bool(ids_of(said)) is is_found


def ids_of(said):
    with connection.cursor() as cursor:
        cursor.execute("SELECT find_words(%s, 50)", [said])
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.parametrize("words", ["楼道路灯坏了三天了", "小区门口的路灯不亮"])
def test_words_of_one_and_two_characters_are_found(cast, words):
    case = a_case("reported", cast=cast, words=words)
    with opened(reach_of(cast.dispatcher)):
        assert ids_of("路灯") == [case.pk]
        assert ids_of("水管") == []
        assert ids_of("灯") == [case.pk]
        assert ids_of("井") == []


def test_words_are_found_in_reach_and_nowhere_else(cast, case):
    def finds(reach):
        with opened(reach):
            return ids_of("lamp")

    assert finds(reach_of(cast.department_handler)) == finds(reach_of(cast.leader)) == [case.pk]
    stranger = a_holder("community_officer", ELSEWHERE)
    assert [finds(NOWHERE), finds(reach_of(stranger)), finds(reach_of(a_resident()))] == [[], [], []]
    with acting_as("jw_worker"), opened(WHOLE), pytest.raises(DatabaseError, match="permission denied"), atomic():
        ids_of("lamp")


def test_looking_for_words_tells_nothing_of_what_is_hidden(case):
    """Neither a plan nor an error of the question differs for words that are there, out of reach, and for others."""

    def explained(said):
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, COSTS, TIMING OFF, SUMMARY OFF) SELECT find_words(%s, 50)", [said])
            return [line for (line,) in cursor.fetchall() if not line.lstrip().startswith(("Planning", "Buffers"))]

    with opened(reach_of(a_holder("community_officer", ELSEWHERE))):
        explained("anything")  # plans of the function are kept from now on
        assert explained("lamp") == explained("wall")


def test_an_error_of_a_query_tells_nothing_of_rows_out_of_reach(case):
    """A condition that would fail on a row is not asked about rows that the policy hides."""
    with opened(reach_of(a_holder("community_officer", ELSEWHERE))), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM case_words WHERE 1 / (length(text) - length(text)) > 0")
        assert cursor.fetchone() == (0,)
