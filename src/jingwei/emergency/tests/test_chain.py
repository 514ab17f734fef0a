"""The duty chain as a game of turns: whoever is on duty is reached once a round, whatever the roster does."""

from hypothesis import given
from hypothesis import strategies as st

from jingwei.emergency.chain import next_turn

PEOPLE = st.integers(1, 6)
LINES = st.lists(PEOPLE, unique=True, max_size=6)


def played(lines):
    """Turn by turn, each with the line that holds then."""
    round_, called, turns = 1, set(), []
    for line in lines:
        turn = next_turn(line, round_, called)
        if turn is None:
            turns.append(None)
            continue
        if turn.round != round_:
            round_, called = turn.round, set()
        called.add(turn.member_id)
        turns.append(turn)
    return turns


@given(LINES.filter(bool), st.integers(1, 20))
def test_a_roster_that_stands_is_called_in_its_order_round_after_round(line, many):
    turns = played([line] * many)

    assert [turn.member_id for turn in turns] == [line[number % len(line)] for number in range(many)]
    assert [turn.round for turn in turns] == [number // len(line) + 1 for number in range(many)]
    assert [turn.begins_anew for turn in turns] == [number % len(line) == 0 and number > 0 for number in range(many)]


@given(st.lists(LINES, max_size=30))
def test_nobody_is_called_twice_in_a_round_or_while_off_duty_and_nobody_on_duty_is_skipped(lines):
    rounds = {}
    for line, turn in zip(lines, played(lines), strict=True):
        if turn is None:
            assert not line
            continue
        called = rounds.setdefault(turn.round, [])
        assert turn.member_id in line
        assert turn.member_id not in called
        ahead = line[: line.index(turn.member_id)]
        assert set(ahead) <= set(called)
        if turn.begins_anew:
            assert set(line) <= set(rounds[turn.round - 1])
        called.append(turn.member_id)
