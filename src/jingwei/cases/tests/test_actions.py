"""The loop, move by move, through the actions and a real database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from jingwei.cases import actions
from jingwei.cases.models import Assignment, Case, DocketEntry, Photo, Rating, Report, Stage, Step, Words
from jingwei.cases.said import RATING_SAID, REASONS
from jingwei.cases.testing import MONDAY, a_case, a_condition, a_draft, make, verbs_of
from jingwei.cases.tests.pages import a_jpeg
from jingwei.cases.workflow import RATING_REASONS, REJECTIONS
from jingwei.kernel.public import FactRow, NotPermitted, Refused, clock
from jingwei.people.testing import a_department, a_holder, a_resident, the_cast
from jingwei.places.public import Area, codes
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
SMALL = ("0803", "02")  # a community's class, without a photo


@pytest.fixture
def cast():
    return the_cast()


def trays(case):
    entries = DocketEntry.objects.filter(case=case).order_by("holder", "holder_id")
    return [(entry.holder, entry.tray, entry.is_party) for entry in entries]


def test_a_report_lies_to_be_filed_on_the_docket_of_every_area_above_it(cast):
    case = a_case(cast=cast)

    assert (case.status, case.level) == ("reported", "grid")
    assert case.number.startswith("20261116-")
    assert trays(case) == [("a", "file", False)] * 4
    assert Words.objects.get(case=case).text == "The lamp is out"


def test_filing_sets_promise_level_and_title(cast):
    case = a_case("filed", cast=cast)

    assert (case.level, case.title, case.category_code) == ("street", "Lamp is out", "0201")
    assert case.due_at == datetime(2026, 11, 19, 1, 0, tzinfo=UTC)  # three working days from the report
    entries = {entry.holder_id: entry.tray for entry in DocketEntry.objects.filter(case=case)}
    assert entries[cast.street] == "dispatch"
    assert entries[cast.community] == "below"


def test_the_whole_loop_leaves_a_closed_case_with_every_stage_ended(cast):
    case = a_case("closed", cast=cast)

    assert verbs_of(case) == ["report", "file", "dispatch", "report_in", "handle", "check"]
    assert (case.outcome, case.was_on_time) == ("solved", True)
    assert trays(case) == []
    stages = list(Stage.objects.filter(case=case).order_by("pk").values_list("name", "ended_by_id"))
    assert [name for name, _by in stages] == ["file", "dispatch", "accept", "handle", "check"]
    assert all(by is not None for _name, by in stages)
    assert FactRow.objects.filter(kind="case.moved").count() == 6


def test_the_party_sees_what_was_sent_to_it_and_the_department_above_watches(cast):
    part = a_department(parent=cast.department)
    handler = a_holder("department_handler", part)
    case = a_case("filed", cast=cast)

    actions.dispatch_case(case, department=part, by=cast.dispatcher)

    entries = {e.holder_id: e.is_party for e in DocketEntry.objects.filter(case=case, holder="d")}
    assert entries == {part.pk: True, cast.department.pk: False}
    assert actions.report_in_case(case, by=handler).status == "in_hand"


def test_nobody_checks_their_own_work(cast):
    case = a_case("filed", cast=cast)
    case = actions.send_down_case(case, level="community", words="Yours", by=cast.dispatcher)
    case = actions.dispatch_case(case, member=cast.grid_worker, by=cast.community_officer)
    case = actions.report_in_case(case, by=cast.grid_worker)
    case = actions.handle_case(case, words="Done", by=cast.grid_worker)

    with pytest.raises(NotPermitted):
        actions.check_case(case, outcome="solved", by=cast.grid_worker)
    assert actions.check_case(case, outcome="solved", by=cast.community_officer).status == "closed"


def test_a_returned_case_goes_to_another_party_and_after_two_returns_to_the_level_above(cast):
    case = a_case("dispatched", cast=cast)
    case = actions.return_case(case, words="Not ours", by=cast.department_handler)
    with pytest.raises(Refused, match=r"returned|退回"):
        actions.dispatch_case(case, department=cast.department, by=cast.dispatcher)

    other = a_department()
    case = actions.dispatch_case(case, department=other, by=cast.dispatcher)
    case = actions.return_case(case, words="Nor ours", by=a_holder("department_handler", other))
    with pytest.raises(Refused, match="2"):
        actions.dispatch_case(case, department=a_department(), by=cast.dispatcher)
    case = actions.escalate_case(case, words="Two returned it", by=cast.dispatcher)
    assert (case.level, case.returns) == ("district", 2)


def test_a_return_needs_its_reason(cast):
    case = a_case("dispatched", cast=cast)
    with pytest.raises(Refused):
        actions.return_case(case, words="  ", by=cast.department_handler)
    assert Case.objects.get(pk=case.pk).status == "dispatched"


def test_a_recall_is_free_for_five_minutes_and_needs_a_reason_later(cast):
    case = a_case("dispatched", cast=cast)
    sent_at = Assignment.objects.get(case=case).sent_at

    with pytest.raises(Refused):
        actions.recall_case(case, by=cast.dispatcher, now=sent_at + timedelta(minutes=6))
    case = actions.recall_case(case, by=cast.dispatcher, now=sent_at + timedelta(minutes=5))

    assert (case.status, Assignment.objects.get(case=case).status) == ("filed", "recalled")


def test_an_accepted_case_cannot_be_recalled(cast):
    case = a_case("in_hand", cast=cast)
    with pytest.raises(Refused):
        actions.recall_case(case, words="Back", by=cast.dispatcher)


def test_escalating_calls_the_work_back(cast):
    case = a_case("in_hand", cast=cast)
    case = actions.escalate_case(case, words="Too large for us", by=cast.dispatcher)
    assert (case.status, case.level) == ("filed", "district")
    assert Assignment.objects.get(case=case).status == "recalled"


def test_a_failed_check_sends_it_back_and_the_promise_runs_on(cast):
    case = a_case("handled", cast=cast)
    due = case.due_at
    case = actions.rework_case(case, words="Still out", by=cast.grid_worker)
    assert (case.status, case.due_at, case.handled_at) == ("dispatched", due, None)
    for verb in ("report_in", "handle", "check"):
        case = make(verb, case, cast)
    assert case.status == "closed"


def test_a_reopened_case_counts_its_promise_anew_and_twice_is_the_end(cast):
    case = a_case("closed", cast=cast)
    for time in (1, 2):
        with clock.frozen(MONDAY + timedelta(days=time)):
            case = actions.reopen_case(case, words="It is out again", by=cast.resident)
            assert case.due_at > MONDAY + timedelta(days=time)
            for verb in ("dispatch", "report_in", "handle", "check"):
                case = make(verb, case, cast)
    with pytest.raises(Refused):
        actions.reopen_case(case, words="And again", by=cast.resident)


def test_a_rating_is_given_once_within_fifteen_days(cast):
    case = a_case("closed", cast=cast)
    actions.rate_case(case, grade=2, reasons=["slow"], by=cast.resident, now=case.closed_at + timedelta(days=15))
    with pytest.raises(Refused):
        actions.rate_case(case, grade=5, by=cast.resident, now=case.closed_at + timedelta(days=15))
    late = a_case("closed", cast=cast)
    with pytest.raises(Refused):
        actions.rate_case(late, grade=5, by=cast.resident, now=late.closed_at + timedelta(days=15, seconds=1))


def test_each_result_has_its_own_rating_and_the_first_stays_on_record(cast):
    case = a_case("closed", cast=cast)
    actions.rate_case(case, grade=2, reasons=["slow"], by=cast.resident, now=MONDAY + timedelta(hours=2))
    with clock.frozen(MONDAY + timedelta(days=1)):
        case = actions.reopen_case(case, words="Out again", by=cast.resident)
        assert case.rating is None
        for verb in ("dispatch", "report_in", "handle", "check"):
            case = make(verb, case, cast)
        actions.rate_case(case, grade=5, by=cast.resident)
    assert Case.objects.get().rating.grade == 5
    assert list(Rating.objects.order_by("reopened").values_list("grade", flat=True)) == [2, 5]


def test_what_stands_beside_a_case_goes_with_it_to_another_place(cast, media):
    next_door = an_area(codes.child(cast.community, 2)).code
    case = a_case(cast=cast)
    actions.add_photo(case, a_jpeg(), by=cast.resident)
    actions.file_case(
        case, condition=a_condition(), title="Lamp", code=next_door, words="Next door", by=cast.dispatcher
    )
    for model in (Report, Words, Photo):
        assert set(model.objects.values_list("code", flat=True)) == {next_door}


def test_a_worker_solves_on_the_spot_what_the_community_answers_for(cast):
    case = a_case(cast=cast)
    case = actions.solve_case(
        case, condition=a_condition(*SMALL), title="Sign put right", words="Turned it back", by=cast.grid_worker
    )
    assert (case.status, case.outcome) == ("closed", "solved")
    assert case.handled_at == case.closed_at


def test_what_the_street_answers_for_is_not_the_worker_s_to_end(cast):
    case = a_case(cast=cast)
    for member in (cast.grid_worker, cast.community_officer):
        with pytest.raises(Refused, match="not yours to end"):
            actions.solve_case(case, condition=a_condition(), title="Lamp", words="Switched it on", by=member)
    assert Case.objects.get(pk=case.pk).status == "reported"


def test_a_photo_of_the_result_is_needed_where_the_condition_asks(cast, media):
    case, photographed = a_case(cast=cast), a_condition("0803", "01")
    assert photographed.needs_photo
    given = {"condition": photographed, "title": "Rubbish", "words": "Took it away", "by": cast.grid_worker}
    actions.add_photo(case, a_jpeg("red"), by=cast.resident)
    with pytest.raises(Refused, match="needs a photo"):
        actions.solve_case(case, **given)
    actions.add_photo(case, a_jpeg("green"), moment="after", by=cast.grid_worker)
    assert actions.solve_case(case, **given).status == "closed"


def test_after_a_failed_check_the_result_is_photographed_anew(cast, media):
    case = actions.file_case(
        a_case(cast=cast), condition=a_condition("0201", "03"), title="Lamp", by=cast.community_officer
    )
    assert case.condition.needs_photo
    for photo in ("red", "green"):
        case = actions.dispatch_case(case, department=cast.department, by=cast.dispatcher) if photo == "red" else case
        case = actions.report_in_case(case, by=cast.department_handler)
        with pytest.raises(Refused, match="needs a photo"):
            actions.handle_case(case, words="Mended", by=cast.department_handler)
        assert actions.add_photo(case, a_jpeg(photo), by=cast.department_handler).moment == "after"
        case = actions.handle_case(case, words="Mended", by=cast.department_handler)
        case = actions.rework_case(case, words="Still out", by=cast.grid_worker)


def test_what_nobody_checks_in_person_is_closed_with_the_handling_and_by_nobody(cast):
    case = actions.file_case(
        a_case(cast=cast), condition=a_condition("3606", "01"), title="An idea", by=cast.community_officer
    )
    case = actions.dispatch_case(case, member=cast.grid_worker, by=cast.community_officer)
    case = actions.report_in_case(case, by=cast.grid_worker)
    case = actions.handle_case(case, words="Answered", by=cast.grid_worker)
    assert (case.status, case.outcome) == ("closed", "solved")
    assert list(Step.objects.filter(case=case).order_by("pk").values_list("verb", "actor_id"))[-2:] == [
        ("handle", cast.grid_worker.pk),
        ("check", None),
    ]


def test_a_rejected_report_gives_its_reason(cast):
    case = a_case(cast=cast)
    for reason, words in (("mood", "No"), ("not_here", " ")):
        with pytest.raises(Refused):
            actions.reject_case(case, reason=reason, words=words, by=cast.grid_worker)
    case = actions.reject_case(case, reason="not_here", words="This is in the next street", by=cast.grid_worker)
    assert case.status == "rejected"
    assert trays(case) == []


def test_the_reasons_that_screens_offer_are_those_of_the_rules():
    assert tuple(REASONS) == REJECTIONS
    assert set(RATING_SAID) == set(RATING_REASONS)


def test_reasons_of_a_rating_are_keys_of_the_list_and_never_words(cast):
    case = a_case("closed", cast=cast)
    with pytest.raises(Refused, match="reasons that go with the grade"):
        actions.rate_case(case, grade=1, reasons=["Mr Li was rude"], by=cast.resident)
    actions.rate_case(case, grade=1, reasons=["slow", "unkind", "slow"], words="Mr Li was rude", by=cast.resident)
    assert Rating.objects.get().reasons == ["slow", "unkind"]
    assert Step.objects.get(verb="rate").detail == {"grade": 1, "reasons": ["slow", "unkind"]}


def test_a_case_is_not_dispatched_to_who_has_nothing_to_do_with_the_place(cast):
    case = a_case("filed", cast=cast)
    elsewhere = the_cast(cast.street + 10**9)
    parties = [{"department": elsewhere.department}, {"member": elsewhere.grid_worker}, {"member": cast.resident}]
    for party in [*parties, {"member": cast.dispatcher}, {"member": cast.professional}]:
        with pytest.raises(Refused, match="Choose another"):
            actions.dispatch_case(case, **party, by=cast.dispatcher)
    district = a_department(code=codes.ancestor(cast.street, codes.Level.DISTRICT))
    assert actions.dispatch_case(case, department=district, by=cast.dispatcher).status == "dispatched"


def test_a_case_is_filed_next_door_but_not_where_the_filer_has_no_say(cast):
    next_door = an_area(codes.child(cast.community, 2)).code
    far = an_area(codes.child(codes.child(cast.street, 2), 1)).code
    given = {"condition": a_condition(), "title": "Lamp"}
    case = a_case(cast=cast)
    with pytest.raises(Refused, match="outside your area"):
        actions.file_case(case, code=far, by=cast.grid_worker, **given)
    assert actions.file_case(case, code=next_door, by=cast.grid_worker, **given).code == next_door
    assert actions.file_case(a_case(cast=cast), code=far, by=cast.dispatcher, **given).code == far


@pytest.mark.parametrize("code", [codes.make(990101, 9, 9, 9), codes.read("9901")])
def test_a_case_is_not_filed_where_there_is_no_place_for_it(cast, code):
    if codes.level_of(code) == codes.Level.CITY:
        Area.objects.create(code=code, level="city", name="City", begins_on=MONDAY.date() - timedelta(days=9))
    with pytest.raises(Refused, match="no such grid"):
        actions.file_case(a_case(cast=cast), condition=a_condition(), title="x", code=code, by=cast.dispatcher)


@pytest.mark.parametrize("title", ["", " ", "长" * 121, "a\0b"])
def test_a_title_fits_its_column(cast, title):
    with pytest.raises(Refused):
        actions.file_case(a_case(cast=cast), condition=a_condition(), title=title, by=cast.community_officer)


def test_words_that_cannot_be_kept_are_refused_and_nothing_happens(cast):
    case = a_case("filed", cast=cast)
    with pytest.raises(Refused, match="no character"):
        actions.escalate_case(case, words="too\0large", by=cast.dispatcher)
    assert verbs_of(case) == ["report", "file"]


def test_only_the_reporter_withdraws(cast):
    case = a_case("filed", cast=cast)
    with pytest.raises(NotPermitted):
        actions.withdraw_case(case, by=cast.dispatcher)
    assert actions.withdraw_case(case, by=cast.resident).status == "withdrawn"


def test_a_stale_form_is_refused_and_changes_nothing(cast):
    case = a_case("filed", cast=cast)
    seen = case.version
    actions.dispatch_case(case, department=cast.department, by=cast.dispatcher, seen=seen)
    with pytest.raises(Refused):
        actions.dispatch_case(case, department=a_department(), by=cast.dispatcher, seen=seen)
    assert Assignment.objects.filter(case=case).count() == 1


def test_a_stranger_is_told_nothing(cast):
    case = a_case(cast=cast)
    with pytest.raises(NotPermitted):
        actions.file_case(case, condition=a_condition(), title="x", by=a_resident())


def test_another_street_may_not_touch_it(cast):
    case = a_case("filed", cast=cast)
    elsewhere = the_cast(cast.street + 10**9)
    for member in (elsewhere.dispatcher, elsewhere.community_officer, elsewhere.grid_worker):
        with pytest.raises(NotPermitted):
            actions.dispatch_case(case, department=cast.department, by=member)


def test_the_same_report_twice_is_one_case(cast):
    draft = a_draft(cast.grid)
    first = actions.report_case(draft, by=cast.resident)
    again = actions.report_case(draft, by=cast.resident)
    assert (first.result, again.result) == (actions.Intake.CREATED, actions.Intake.ALREADY)
    assert (again.case_id, again.number) == (first.case_id, first.number)
    assert Case.objects.count() == 1


def test_the_same_id_with_other_bytes_is_a_conflict(cast):
    draft = a_draft(cast.grid)
    actions.report_case(draft, by=cast.resident)
    (answer,) = actions.report_cases(
        [a_draft(cast.grid, key=draft.origin.id, words="Something else")], by=cast.resident
    )
    assert answer.result == actions.Intake.CONFLICT


def test_a_batch_is_answered_one_by_one(cast):
    known = a_draft(cast.grid)
    actions.report_case(known, by=cast.resident)
    new = a_draft(cast.grid)
    wordless = a_draft(cast.grid, words=" ")
    nowhere = a_draft(cast.grid, category_code="9999")

    answers = actions.report_cases([known, new, wordless, nowhere, new], by=cast.resident)

    assert [answer.result for answer in answers] == ["already", "created", "refused", "refused", "already"]
    assert Report.objects.count() == 2


def test_two_reports_under_one_id_are_the_first_of_them_in_the_place_of_the_first(cast):
    key = uuid4()
    first, second = a_draft(cast.grid, key=key), a_draft(cast.community, key=key, words="Another")
    answers = actions.report_cases([first, second, first], by=cast.resident)
    assert [answer.result for answer in answers] == ["created", "conflict", "already"]
    assert Case.objects.get().code == cast.grid


def test_a_report_that_was_refused_is_not_called_a_conflict_with_the_next_of_its_id(cast):
    key = uuid4()
    answers = actions.report_cases(
        [a_draft(cast.grid, key=key, words=" "), a_draft(cast.grid, key=key)], by=cast.resident
    )
    assert [answer.result for answer in answers] == ["refused", "created"]


def test_a_report_needs_a_district_at_least(cast):
    city = codes.ancestor(cast.grid, codes.Level.CITY)
    Area.objects.create(code=city, level="city", name="City", begins_on=MONDAY.date() - timedelta(days=9))
    with pytest.raises(Refused, match="more closely"):
        actions.report_case(a_draft(city), by=cast.resident)
    assert actions.report_case(a_draft(codes.ancestor(cast.grid, codes.Level.DISTRICT)), by=cast.resident).number


def test_a_time_of_report_that_cannot_be_is_refused(cast):
    draft = a_draft(cast.grid)
    for at in (clock.now() + timedelta(hours=1), clock.now() - timedelta(days=31)):
        with pytest.raises(Refused):
            actions.report_case(actions.Draft(draft.origin, occurred_at=at), by=cast.resident)


@pytest.mark.parametrize("point", [(114.3, None), (None, 30.5), (181.0, 30.0), (114.0, -91.0)])
def test_half_a_point_or_one_off_the_earth_is_refused(cast, point):
    longitude, latitude = point
    with pytest.raises(Refused):
        actions.report_case(a_draft(cast.grid, longitude=longitude, latitude=latitude), by=cast.resident)


def test_what_happens_to_a_case_is_told_with_its_reporter_s_id_and_no_words(cast):
    a_case("filed", cast=cast)
    for fact in FactRow.objects.filter(kind="case.moved"):
        assert fact.data["reporter_id"] == cast.resident.pk
        assert set(fact.data) == {"case_id", "verb", "status", "level", "department_id", "reporter_id"}
