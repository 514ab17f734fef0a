"""What is learned from closed cases finds the class of others, says what it is worth, and names nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest

from jingwei.cases import meaning, suggesting
from jingwei.cases.learning import SHARED_BY, Model
from jingwei.cases.models import Learned, Words
from jingwei.cases.public import suggest
from jingwei.cases.suggesting import FEWEST, joined, learn
from jingwei.cases.testing import MONDAY, a_case, a_condition
from jingwei.kernel.public import environment
from jingwei.people.testing import the_cast

LAMPS = ["门口黑漆漆的看不见路", "晚上楼前一片黑", "it is dark at the gate at night"]
COVERS = ["路中间有个洞车压过去咣当响", "下雨那个口子往外冒水", "something rattles whenever a car passes"]
EXAMPLES = [(words, code) for code, said in (("0201", LAMPS), ("0101", COVERS)) for words in said for _ in range(4)]


@pytest.fixture(autouse=True)
def forgotten():
    """Nothing learned stays from one test to the next."""
    suggesting._learned.cache_clear()
    yield
    suggesting._learned.cache_clear()


@pytest.fixture
def by_meaning(monkeypatch):
    """The installation wishes for suggestions by meaning."""
    monkeypatch.setenv("JINGWEI_WORD_VECTORS", "1")
    environment.cache_clear()
    yield
    monkeypatch.undo()
    environment.cache_clear()


def vectors_of(examples):
    return meaning.vectors([words for words, _code in examples])


@pytest.mark.parametrize(
    ("words", "code"), [("楼前黑看不见", "0201"), ("那个洞咣当咣当响", "0101"), ("so dark tonight", "0201")]
)
def test_words_that_stood_in_a_class_lead_to_it(words, code):
    assert Model.learn(EXAMPLES).guess(words, 2)[0] == code


def test_of_words_that_were_never_said_nothing_is_guessed():
    model = Model.learn(EXAMPLES)

    assert model.guess("", 3) == model.guess("xyz", 3) == []


def test_what_is_kept_is_read_back_and_guesses_the_same():
    model = Model.learn(EXAMPLES)
    again = Model.from_bytes(model.as_bytes())

    for words, _code in EXAMPLES:
        assert again.guess(words, 2) == model.guess(words, 2)


def test_words_that_nobody_said_lead_to_a_class_by_what_they_mean():
    model = Model.learn(EXAMPLES, vectors_of(EXAMPLES))
    again = Model.from_bytes(model.as_bytes())

    for words, code in (("灯光", "0201"), ("噪音", "0101"), ("vehicle", "0101")):
        vector = meaning.vectors([words])[0]
        assert Model.learn(EXAMPLES).guess(words, 1, vector) == []
        assert model.guess(words, 1, vector) == again.guess(words, 1, vector) == [code]


def test_nothing_said_means_nothing():
    assert not meaning.vectors(["", " "]).any()
    assert Model.learn(EXAMPLES, vectors_of(EXAMPLES)).guess("", 3, meaning.vectors([""])[0]) == []


def test_of_a_class_of_few_cases_no_meaning_is_kept():
    examples = [*EXAMPLES, *[("the swing in the park is broken", "0901")] * (SHARED_BY - 1)]
    model = Model.learn(examples, vectors_of(examples))

    assert not model.meaning[model.codes.index("0901")].any()
    assert model.meaning[model.codes.index("0101")].any()


def test_a_piece_that_few_cases_share_is_not_kept():
    one = [("张三丰说灯坏了", "0201")]
    model = Model.learn([*EXAMPLES, *one * (SHARED_BY - 1)])

    assert "张三" not in model.columns


def test_both_ways_take_turns_and_none_comes_twice():
    assert joined(["a", "b", "c"], ["b", "d"], 3) == ["a", "b", "d"]
    assert joined([], ["b", "d"], 3) == ["b", "d"]
    assert joined(["a"], [], 3) == ["a"]


def many_closed(n):
    """So many closed cases: one that was lived, and copies of it with other words."""
    a_condition()
    case = a_case("closed", cast=the_cast())
    step = case.steps.get(verb="report")
    Words.objects.filter(case_id=case.pk).delete()
    for at in range(n):
        words, code = EXAMPLES[at % len(EXAMPLES)]
        case.pk, case.number = uuid4(), f"learned-{at}"
        case.category_code, case.reported_at = code, MONDAY + timedelta(minutes=at)
        case.save(force_insert=True)
        step.pk, step.case_id = uuid4(), case.pk
        step.save(force_insert=True)
        Words.objects.create(case_id=case.pk, step_id=step.pk, code=case.code, text=words)


@pytest.mark.django_db
def test_too_few_cases_teach_nothing_and_the_words_of_the_table_are_used():
    many_closed(FEWEST - 1)

    assert learn() is None
    assert [one.code for one in suggest("污水井盖")][:1] == ["0101"]
    assert suggest("楼前黑看不见") == []


@pytest.mark.django_db
@pytest.mark.role("jw_worker")
def test_what_is_learned_says_what_it_is_worth_and_is_used_where_it_is_better():
    many_closed(FEWEST)

    row = learn()

    assert (row.cases, row.held_out) == (FEWEST, FEWEST // 5)
    assert row.first == row.among_three == row.held_out
    assert row.words_among_three < row.among_three
    assert suggest("楼前黑看不见")[0].code == "0201"
    assert "0101" in [one.code for one in suggest("污水井盖")]


@pytest.mark.django_db
def test_what_is_not_better_than_the_table_is_not_used():
    many_closed(FEWEST)
    learn()
    Learned.objects.update(words_among_three=FEWEST)
    suggesting._learned.cache_clear()

    assert suggest("楼前黑看不见") == []


@pytest.mark.django_db
@pytest.mark.role("jw_worker")
def test_meaning_is_tried_each_night_where_it_is_wished_for_and_kept_where_it_is_better(by_meaning):
    many_closed(FEWEST)

    row = learn()

    assert (row.meaning_first, row.meaning_among_three) == (row.held_out, row.held_out)
    assert not row.is_by_meaning
    assert not Model.from_bytes(bytes(row.data)).knows_meaning


@pytest.mark.django_db
def test_meaning_is_used_only_while_it_is_wished_for(by_meaning, monkeypatch):
    learned = Model.learn(EXAMPLES, vectors_of(EXAMPLES)).as_bytes()
    counts = {"cases": 200, "held_out": 40, "first": 9, "words_first": 0, "words_among_three": 0, "meaning_first": 20}
    Learned.objects.create(learned_at=MONDAY, among_three=10, meaning_among_three=30, data=learned, **counts)

    assert [one.code for one in suggest("噪音")][:1] == ["0101"]

    monkeypatch.setenv("JINGWEI_WORD_VECTORS", "0")
    environment.cache_clear()
    assert "0101" not in [one.code for one in suggest("噪音")]


@pytest.mark.django_db
def test_where_only_meaning_was_better_pieces_alone_are_not_used(by_meaning, monkeypatch):
    learned = Model.learn(EXAMPLES, vectors_of(EXAMPLES)).as_bytes()
    counts = {"cases": 200, "held_out": 40, "first": 9, "words_first": 20, "words_among_three": 20, "meaning_first": 30}
    Learned.objects.create(learned_at=MONDAY, among_three=10, meaning_among_three=30, data=learned, **counts)
    assert suggesting.learned() is not None

    monkeypatch.setenv("JINGWEI_WORD_VECTORS", "0")
    environment.cache_clear()
    assert suggesting.learned() is None


@pytest.mark.django_db
def test_old_nights_go():
    many_closed(FEWEST)
    for night in range(3):
        learn(MONDAY + timedelta(days=night))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suggesting, "KEPT", 2)
        learn(MONDAY + timedelta(days=3))

    assert Learned.objects.count() == 2
    assert Learned.objects.order_by("-learned_at").first().learned_at == MONDAY + timedelta(days=3)
