"""The moves of a task, whatever comes in which order; and what counts as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.public import Refused
from jingwei.worklists.rules import MOVES, OPEN, STEPS, Kind, Status, check_move, read_answer


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=30))
def test_a_task_is_done_only_by_way_of_every_level(verbs):
    status, made = Status.ASSIGNED, []
    for verb in verbs:
        try:
            status = check_move(verb, status, "why").after
        except Refused:
            continue
        made.append(verb)

    assert status in OPEN | {Status.DONE}
    if status == Status.DONE:
        assert made[-3:] == ["report", "accept", "strike_off"] or made[-3:] == ["return", "accept", "strike_off"]
    assert made.count("report") == made.count("send_back") + (status != Status.ASSIGNED)
    assert made.count("accept") == made.count("return") + (status in {Status.SORTED, Status.DONE})


@pytest.mark.parametrize("verb", [verb for verb, move in MOVES.items() if move.needs_reason])
def test_what_goes_back_says_why(verb):
    with pytest.raises(Refused, match="reason"):
        check_move(verb, MOVES[verb].before, " ")


def test_nothing_moves_what_is_done_or_withdrawn():
    for verb in MOVES:
        for status in (Status.DONE, Status.WITHDRAWN):
            with pytest.raises(Refused):
                check_move(verb, status, "why")


def test_every_move_has_a_name_in_the_record():
    assert STEPS.keys() == {*MOVES, "raise"}


@given(st.decimals(min_value=-(10**11), max_value=10**11, allow_nan=False, places=3))
def test_numbers_are_kept_as_plain_digits(number):
    kept = read_answer(Kind.NUMBER, (), f" {number} ")

    assert "E" not in kept
    assert float(kept) == float(number)


@pytest.mark.parametrize("text", ["four", "NaN", "Infinity", "1e400", "1,5"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Refused, match="no number"):
        read_answer(Kind.NUMBER, (), text)


@pytest.mark.parametrize(("kind", "text"), [(Kind.CHOICE, "Maybe"), (Kind.TEXT, "a\0b"), (Kind.TEXT, "x" * 2001)])
def test_what_is_no_answer_is_refused(kind, text):
    with pytest.raises(Refused):
        read_answer(kind, ("Yes", "No"), text)
