"""Which classes a report may belong to: what was learned from closed cases, joined with the words of the table.

What is learned is used only where it does better than the words alone on cases that it has not seen. A person decides.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, zip_longest

from django.db.transaction import atomic

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


def suggest(words: str, limit: int = SHOWN) -> list[Category]:
    """The classes that fit `words`, the likeliest first."""
    known, model = current(), learned()
    listed = named(words, limit)
    if model is None:
        return listed
    codes = joined(model.guess(words, limit), [category.code for category in listed], limit)
    return [known[code] for code in codes if code in known]


def joined(guessed: list[str], listed: list[str], limit: int) -> list[str]:
    """In turn, what was learned first: the table knows classes that have not occurred yet."""
    both = chain.from_iterable(zip_longest(guessed, listed))
    return list(dict.fromkeys(filter(None, both)))[:limit]


def learned() -> Model | None:
    """What is in use now; None where the words of the table do as well. Asked for every five minutes."""
    return _learned(int(clock.now().timestamp() // FRESH.total_seconds()))


@lru_cache(maxsize=1)
def _learned(_moment: int) -> Model | None:
    row = Learned.objects.order_by("-learned_at").first()
    return Model.from_bytes(bytes(row.data)) if row is not None and row.is_better else None


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
    held = examples[::HELD_OUT]
    seen = [pair for at, pair in enumerate(examples) if at % HELD_OUT]
    trial = Model.learn(seen)
    by_model = [_place(code, _both(trial, words)) for words, code in held]
    by_words = [_place(code, [one.code for one in named(words, SHOWN)]) for words, code in held]
    row = Learned.objects.create(
        learned_at=now or clock.now(),
        cases=len(examples),
        held_out=len(held),
        first=by_model.count(0),
        among_three=sum(place is not None for place in by_model),
        words_first=by_words.count(0),
        words_among_three=sum(place is not None for place in by_words),
        data=Model.learn(examples).as_bytes(),
    )
    old = Learned.objects.order_by("-learned_at").values_list("pk", flat=True)[KEPT:]
    Learned.objects.filter(pk__in=list(old)).delete()
    _learned.cache_clear()
    return row


def _both(model: Model, words: str) -> list[str]:
    return joined(model.guess(words, SHOWN), [one.code for one in named(words, SHOWN)], SHOWN)


def _place(code: str, guessed: list[str]) -> int | None:
    return guessed.index(code) if code in guessed else None
