""" "Why can't I?": every move in every state for every role, in memory. What is offered the rules accept, and nothing
else; what is not offered says why, in words that fit the case.
"""

import copy
from datetime import timedelta
from functools import cache
from uuid import UUID

import pytest
from django.utils import translation

from jingwei.cases import moves
from jingwei.cases.errands import ANSWER_LIMITS
from jingwei.cases.life import Origin, begin
from jingwei.cases.models import Category, Condition, Errand, Rating, Report, Stage, Step
from jingwei.cases.offers import offers, require_offered
from jingwei.cases.testing import MONDAY
from jingwei.cases.tests.test_life import OTHER, PARTIES, WORDS, doing
from jingwei.cases.workflow import BUILT, MOVES, SUSPENSIONS, Status, possible
from jingwei.kernel.public import NotPermitted, Refused, may
from jingwei.people.public import ROLES, Department, Member, Post
from jingwei.people.testing import STREET
from jingwei.places.public import Level, ancestor, codes

GRID = codes.child(codes.child(STREET, 1), 1)
LATER = (MONDAY + timedelta(days=12)).isoformat()
NOW = doing(120).at
VERBS = [verb for verb in BUILT if verb != "report" and MOVES[verb].is_offered]
REPORTER, HANDLER, SENDER, CLERK = 901, 902, 903, 904
OFFICES = {key: Department(pk=key, name=f"Office {key}", name_en=f"Office {key}") for key in PARTIES}
GENERIC = ("You may not do this here.", "Possible while the case is")


def a_class(number, level, **fields):
    kind = Category(
        pk=number, code=f"010{number}", name_zh=f"Class {number}", name_en=f"Class {number}", level=level, **fields
    )
    return Condition(pk=number, category=kind, number="01", limit_kind="working_hours", limit_amount=40)


STREETS = a_class(1, "street", check_by="worker")
CONFIRMED = a_class(2, "street", check_by="worker", needs_confirmation=True)
SMALL = a_class(3, "grid", check_by="reporter")
COMMUNITYS = ("file", {"condition": a_class(4, "community", check_by="worker"), "title": "Door"})
FILE = ("file", {"condition": STREETS, "title": "Lamp"})
SEND = ("dispatch", {"department_id": 1})
HELP = ("dispatch", {"department_id": 1, "assistants": ["d3"]})
RETURN = ("return", {"words": WORDS})
TWICE_RETURNED = [SEND, RETURN, ("dispatch", {"department_id": 3}), RETURN]
TO_HAND = [FILE, SEND, ("report_in", {})]
HANDLE, CHECK = ("handle", {"words": WORDS}), ("check", {"outcome": "solved"})
CLOSED = [*TO_HAND, HANDLE, CHECK]
STUCK = {"reason": SUSPENSIONS[0], "until": LATER, "words": WORDS}
SUPERVISE = ("supervise", {"limit": next(iter(ANSWER_LIMITS)), "words": WORDS})
REJECT = ("reject", {"reason": "not_here", "words": WORDS})
APPEAL = {"about": "rejection", "nth": 1, "level": "street", "words": WORDS}
DECIDE = {"about": "rejection", "nth": 1, "verdict": "upheld", "words": WORDS}
SCENES = {
    "reported": [],
    "filed": [FILE],
    "filed at the grid": [("file", {"condition": SMALL, "title": "Litter"})],
    "raised to the district": [FILE, ("escalate", {"words": WORDS})],
    "returned twice to the community": [COMMUNITYS, *TWICE_RETURNED],
    "returned twice": [FILE, *TWICE_RETURNED],
    "dispatched": [FILE, SEND],
    "with assistants": [FILE, HELP],
    "assistants at work": [FILE, HELP, ("report_in", {}), ("join", {"party": "d3"})],
    "alarm on": [("alarm", {"member_id": HANDLER, "condition": STREETS, "title": "Fire"})],
    "in hand": TO_HAND,
    "in hand of a person": [FILE, ("dispatch", {"member_id": HANDLER}), ("report_in", {})],
    "in hand, to be confirmed": [("file", {"condition": CONFIRMED, "title": "Lamp"}), *TO_HAND[1:]],
    "submitted": [("file", {"condition": CONFIRMED, "title": "Lamp"}), *TO_HAND[1:], ("submit", {"words": WORDS})],
    "more time asked": [*TO_HAND, ("ask_extension", {"until": LATER, "words": WORDS})],
    "extended": [*TO_HAND, ("ask_extension", {"until": LATER, "words": WORDS}), ("extend", {"until": LATER})],
    "suspension asked": [*TO_HAND, ("ask_suspension", STUCK)],
    "suspended": [*TO_HAND, ("ask_suspension", STUCK), ("suspend", STUCK)],
    "supervised": [*TO_HAND, SUPERVISE],
    "urged": [*TO_HAND, ("urge", {"words": WORDS})],
    "handled": [*TO_HAND, HANDLE],
    "handled, the reporter checks": [("file", {"condition": SMALL, "title": "Litter"}), *TO_HAND[1:], HANDLE],
    "closed": CLOSED,
    "rated poorly": [*CLOSED, ("rate", {"grade": 1})],
    "rated and appealed": [*CLOSED, ("rate", {"grade": 1}), ("appeal", {**APPEAL, "about": "rating"})],
    "reopened twice": [*CLOSED, *2 * [("reopen", {"words": WORDS}), *CLOSED[1:]]],
    "solved, drawn": [("solve", {"condition": SMALL, "title": "Litter", "words": WORDS, "is_drawn": True})],
    "rejected": [REJECT],
    "rejected, appealed": [REJECT, ("appeal", APPEAL)],
    "to be dealt with": [REJECT, ("appeal", APPEAL), ("decide", DECIDE)],
    "withdrawn": [("withdraw", {})],
    "merged": [FILE, ("merge", {"into": OTHER})],
    "in a group": [FILE, ("into_group", {"into": OTHER})],
    "leads a group": [FILE, ("group", {"count": 2})],
}  # fmt: skip
RIGHT = {
    **{verb: {"words": WORDS} for verb in VERBS},
    "file": FILE[1],
    "solve": {"condition": SMALL, "title": "Litter", "words": WORDS},
    "reject": REJECT[1],
    "send_down": {"level": "grid", "words": WORDS},
    "dispatch": {"department_id": 2},
    "pass_on": {"department_id": 2, "words": WORDS},
    "change_assistant": {"add": ["d2"], "release": [], "words": WORDS},
    "whistle": {"department_id": 2, "assistants": ["d3"], "words": WORDS},
    "ask_extension": {"until": LATER, "words": WORDS},
    "extend": {"until": LATER},
    "ask_suspension": STUCK,
    "suspend": STUCK,
    "keep_suspended": {"until": LATER, "words": WORDS},
    "check": CHECK[1],
    "rate": {"grade": 3},
    "call_back": {"result": "settled", "words": WORDS},
    "inspect": {"result": "passed", "words": WORDS},
    "supervise": SUPERVISE[1],
    "merge": {"into": OTHER},
    "group": {"count": 2},
}
"""What a move is given where nothing is wrong with it."""


@cache
def life_of(scene):
    life = begin(
        Origin(id=UUID(int=1), code=GRID, channel="test", digest=b"", words="Out", member_id=REPORTER),
        doing(0, by=SENDER),
    )
    for number, (verb, fields) in enumerate(SCENES[scene], start=1):
        by = HANDLER if verb in {"report_in", "submit", "handle"} else CLERK
        moves.PERFORM[verb](life, doing(number, by=by), **fields)
    return life


def loaded(life):
    """The case with all that stands beside it, as `load_beside` has it from the database."""
    case, beside = life.case, {
        "assignments": life.assignments,
        "errands": life.errands,
        **{
            name: [row for row in life.fresh if isinstance(row, kind)]
            for name, kind in (("reports", Report), ("steps", Step), ("stages", Stage), ("ratings", Rating))
        },
    }  # fmt: skip
    for part in life.assignments:
        part.department = OFFICES.get(part.department_id)
        part.member = Member(pk=part.member_id, name="Wang") if part.member_id else None
    case._prefetched_objects_cache = {name: _as_found(rows) for name, rows in beside.items()}
    for step in beside["steps"]:
        step._prefetched_objects_cache = {"words": _as_found([])}
    return case


def _as_found(rows):
    kind = type(rows[0]) if rows else Step
    found = kind.objects.none()
    found._result_cache, found._prefetch_done = list(rows), True
    return found


def a_worker(key, *posts):
    member = Member(pk=key, name="Li")
    member.posts = posts
    return member


def _posts():
    """Every role at every level at which it is held, around the case and away from it, and in each office."""
    for role in ROLES.values():
        if role.seat == "department":
            yield from (Post(role.key, role.duties, department_ids=frozenset({key})) for key in (1, 3))
            continue
        office = {"department_ids": frozenset({1})} if role.seat == "both" else {}
        for level in role.levels:
            code = codes.child(GRID, 1) if level is Level.UNIT else ancestor(GRID, level)
            yield Post(role.key, role.duties, *codes.span(code), level, **office)


EVERYBODY = [a_worker(number, post) for number, post in enumerate(_posts(), start=101)]
PLAYERS = [
    *EVERYBODY,
    a_worker(REPORTER),
    a_worker(HANDLER, Post("department_handler", ROLES["department_handler"].duties, department_ids=frozenset({1}))),
    a_worker(HANDLER, *(one.posts[0] for one in EVERYBODY if one.posts[0].role == "community_officer")),
    a_worker(SENDER),
    a_worker(999),
]


@cache
def is_accepted(scene, verb, party, grounds):
    """Whether the rules make the move, given rightly: the part of `party`, an appeal about `grounds`."""
    life = copy.deepcopy(life_of(scene))
    fields = RIGHT[verb]
    if verb in {"join", "finish", "decline"}:
        fields = {"party": party, "words": WORDS}
    if verb in {"appeal", "decide"}:
        fields = {**(APPEAL if verb == "appeal" else DECIDE), "about": grounds}
    try:
        moves.PERFORM[verb](life, doing(120), **fields)
    except Refused:
        return False
    return True


def _party(member):
    return f"d{min(member.department_ids, default=0)}"


def _grounds(scene):
    return "rating" if scene.startswith("rated") else "rejection"


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_offered_is_what_permit_and_rules_accept(scene):
    life = life_of(scene)
    case = loaded(life)
    here = {move.verb for move in possible(case.status)}
    for member in PLAYERS:
        for offer in offers(case, member, NOW):
            is_theirs = offer.verb in here and may(member, f"cases.{offer.verb}", case)
            is_made = is_theirs and is_accepted(scene, offer.verb, _party(member), _grounds(scene))
            who = [post.role for post in member.posts]
            assert offer.is_open == is_made, (offer.verb, who, str(offer.why_not))
            assert offer.is_own or not is_theirs, (offer.verb, who)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("scene", SCENES)
def test_what_is_not_offered_says_why_in_words_that_fit(scene, language):
    case = loaded(life_of(scene))
    with translation.override(language):
        for member in PLAYERS:
            for offer in offers(case, member, NOW):
                said = str(offer.why_not)
                assert offer.is_open or said.endswith((".", "。")), (offer.verb, said)
                assert not said.startswith(GENERIC)
                assert "%(" not in said
                if said and language == "zh-hans":
                    assert any("\u4e00" <= letter <= "\u9fff" for letter in said), said


def test_every_state_is_among_the_scenes():
    assert {life_of(scene).case.status for scene in SCENES} == set(Status)
    errands = {errand.kind for scene in SCENES for errand in life_of(scene).errands}
    assert errands >= set(Errand.Kind) - {"rectify", "meeting"}


EARLY = {
    "reported": "First a grid worker, officer or dispatcher of the place files it.",
    "filed": "First the level “Street”, which answers for it, dispatches it.",
    "dispatched": "Office 1 has been sent, and has not reported in yet.",
    "in hand": "First they report it handled.",
    "in hand, to be confirmed": "First they submit the result, and it is confirmed there.",
    "handled": "First a checker of the place does that who did not handle it.",
    "handled, the reporter checks": "First whoever reported it checks it, or a checker.",
}


@pytest.mark.parametrize(("scene", "first"), EARLY.items())
def test_what_comes_later_names_what_comes_first_and_who_does_it(scene, first):
    said = why(scene, a_worker(REPORTER))["rate"]
    assert first in said
    assert said.endswith("“Rate” becomes possible when the case is “Closed”.")


def why(scene, member):
    return {offer.verb: str(offer.why_not) for offer in offers(loaded(life_of(scene)), member, NOW)}


@pytest.mark.parametrize(
    ("scene", "verb", "said"),
    [
        ("dispatched", "solve", "It was sent to Office 1. First the level “Street” recalls it."),
        ("in hand", "report_in", "Office 1 has reported in already."),
        ("in hand", "merge", "Group the two cases instead."),
        ("in hand", "recall", "First they return it"),
        ("in hand of a person", "dispatch", "Wang has it in hand."),
        ("handled", "escalate", "Only what does not pass goes back to Office 1."),
        ("closed", "dispatch", "First whoever reported it opens it again"),
        ("reopened twice", "dispatch", "reopened twice already"),
        ("rejected", "file", "First an appeal"),
        ("withdrawn", "file", "reported anew"),
        ("merged", "escalate", "undo the merge first"),
        ("filed", "unmerge", "It is not merged with another case."),
        ("filed", "reopen", "It is open"),
        ("in a group", "escalate", "First a dispatcher or officer takes it out of the group."),
        ("suspended", "handle", "suspended until 2026-11-"),
        ("suspended", "merge", "nothing is merged that is in hand. Besides: This case is suspended"),
        ("in a group", "rate", "When that one is closed, so is this one"),
        ("filed at the grid", "dispatch", "The grid answers for this case now"),
        ("with assistants", "join", "Called in to assist: Office 3."),
        ("in hand", "join", "Nobody has been called in to assist."),
        ("raised to the district", "whistle", "a community calls nobody to it any more"),
        ("rejected, appealed", "decide", "The appeal is before this level: Street."),
        ("rejected", "decide", "No appeal waits"),
    ],
)
def test_why_not_is_as_specific_as_the_case_allows(scene, verb, said):
    assert said in why(scene, a_worker(999))[verb]


def _a_dispatcher():
    return next(one for one in EVERYBODY if one.posts[0].role == "dispatcher" and one.posts[0].level == "street")


def test_what_would_last_is_said_before_what_passes():
    said = why("suspended", _a_dispatcher())
    assert said["ungroup"].startswith("This case is in no group. Besides: This case is suspended until 2026-11-")
    assert said["refuse_extension"].startswith("Nobody has asked for more time. Besides: ")
    assert said["escalate"].startswith("This case is suspended until 2026-11-")


def test_another_move_is_advised_only_where_it_is_possible():
    advised = "Group the two cases instead."
    assert [advised in why(scene, _a_dispatcher())["merge"] for scene in ("in hand", "suspended", "supervised")] == [
        True,
        False,
        False,
    ]
    advised = "merge the two cases."
    assert [advised in why(scene, _a_dispatcher())["reject"] for scene in ("filed", "in hand", "handled")] == [
        True,
        False,
        False,
    ]


def test_nobody_checks_their_own_work_and_is_told_so():
    both = PLAYERS[-3]
    assert "You handled this case yourself" in why("handled", both)["check"]
    assert "You handled this case yourself" in why("closed", both)["reopen"]


def test_whoever_leads_where_results_are_confirmed_is_told_to_submit():
    assert "submit yours, and Office 1 confirms it" in why("in hand, to be confirmed", PLAYERS[-4])["handle"]


def test_who_is_away_is_told_so():
    away = a_worker(5, Post("dispatcher", frozenset(), rests=True))
    assert why("filed", away)["dispatch"] == "You are away, so your duties rest until you are back."


def test_a_door_says_the_same_and_whether_it_is_the_person_or_the_case():
    case = loaded(life_of("filed"))
    dispatcher = _a_dispatcher()
    require_offered(case, dispatcher, "dispatch", NOW)
    with pytest.raises(NotPermitted, match="The level “Street” answers"):
        require_offered(case, a_worker(999), "dispatch", NOW)
    with pytest.raises(Refused, match="in no group"):
        require_offered(case, dispatcher, "ungroup", NOW)
