"""Which classes a report may belong to: what was learned from closed cases, joined with the words of the table.

What is learned is used only where it does better than the words alone on cases that it has not seen, and so is what
is learned of their meaning, where that is wished for. A person decides.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, zip_longest

from django.db.transaction import atomic

from jingwei.cases import meaning
from jingwei.cases.catalogue import current, named
from jingwei.cases.learning import Model
from jingwei.cases.models import Category, Learned, Words
from jingwei.cases.workflow import Status
from jingwei.kernel.public import clock

FEWEST = 200
"""Closed cases below which nothing is learned."""
MOST = 20_000
"""The newest closed cases, from which it is learned."""
HELD_OUT = 5
"""One case of so many is kept apart."""
KEPT = 30
"""How many nights are kept."""
FRESH = timedelta(minutes=5)
SHOWN = 3

Examples = Sequence[tuple[str, str]]
"""Words and class of closed cases, the newest first."""


def suggest(words: str, limit: int = SHOWN) -> list[Category]:
    """The classes that fit `words`, the likeliest first."""
    known, model = current(), learned()
    listed = named(words, limit)
    if model is None:
        return listed
    vector = meaning.vectors([words])[0] if model.knows_meaning and meaning.is_wished() else None
    codes = joined(model.guess(words, limit, vector), [category.code for category in listed], limit)
    return [known[code] for code in codes if code in known]


def joined(guessed: list[str], listed: list[str], limit: int) -> list[str]:
    """In turn, what was learned first: the table knows classes that have not occurred yet."""
    both = chain.from_iterable(zip_longest(guessed, listed))
    return list(dict.fromkeys(filter(None, both)))[:limit]


def learned() -> Model | None:
    """What is in use now; None where the words of the table do as well. Asked for every five minutes."""
    return _learned(int(clock.now().timestamp() // FRESH.total_seconds()), with_meaning=meaning.is_wished())


@lru_cache(maxsize=1)
def _learned(_moment: int, *, with_meaning: bool) -> Model | None:
    row = Learned.objects.order_by("-learned_at").first()
    is_used = row is not None and row.is_better(with_meaning=with_meaning)
    return Model.from_bytes(bytes(row.data)) if row is not None and is_used else None


@atomic
def learn(now: datetime | None = None) -> Learned | None:
    """Learn anew from the closed cases within reach; None where they are too few."""
    examples = list(
        Words.objects.filter(step__verb="report", case__status=Status.CLOSED, case__category_code__in=current())
        .exclude(text="")
        .order_by("-case__reported_at", "-case_id")
        .values_list("text", "case__category_code")[:MOST]
    )
    if len(examples) < FEWEST:
        return None
    vectors = meaning.vectors([words for words, _code in examples]) if meaning.is_wished() else None
    row = Learned(learned_at=now or clock.now(), cases=len(examples), held_out=len(examples[::HELD_OUT]))
    listed = [[one.code for one in named(words, SHOWN)] for words, _code in examples[::HELD_OUT]]
    row.words_first, row.words_among_three = _asked(examples, listed)
    row.first, row.among_three = _asked(examples, listed, _trial(examples))
    if vectors is not None:
        row.meaning_first, row.meaning_among_three = _asked(examples, listed, _trial(examples, vectors), vectors)
    row.data = Model.learn(examples, vectors if row.is_by_meaning else None).as_bytes()
    row.save()
    old = Learned.objects.order_by("-learned_at").values_list("pk", flat=True)[KEPT:]
    Learned.objects.filter(pk__in=list(old)).delete()
    _learned.cache_clear()
    return row


def _trial(examples: Examples, vectors: meaning.Floats | None = None) -> Model:
    """What is learned without the cases kept apart."""
    seen = [at for at in range(len(examples)) if at % HELD_OUT]
    return Model.learn([examples[at] for at in seen], None if vectors is None else vectors[seen])


def _asked(
    examples: Examples,
    listed: Sequence[list[str]],
    model: Model | None = None,
    vectors: meaning.Floats | None = None,
) -> tuple[int, int]:
    """Of how many cases kept apart the class comes first, and of how many among three: by the words, and a model.

    `listed`: the classes that the words of the table name for each of them.
    """
    places = []
    for at, named_codes in zip(range(0, len(examples), HELD_OUT), listed, strict=True):
        words, code = examples[at]
        guessed = model.guess(words, SHOWN, None if vectors is None else vectors[at]) if model else []
        found = joined(guessed, named_codes, SHOWN)
        places.append(found.index(code) if code in found else None)
    return places.count(0), len(places) - places.count(None)
