"""How often a class is found among three by pieces of words, by vectors, and by both, in the category table itself.

`named`: the everyday words of each class, asked of what is learned from its name, conditions and closings. `unseen`:
one condition of each class, asked of what is learned from the others. The baseline is what pieces find.
"""

import random
from collections.abc import Sequence

import numpy as np

from benchmarks.harness import Bench
from jingwei.cases import meaning
from jingwei.cases.catalogue import current
from jingwei.cases.learning import SHARED_BY, Model
from jingwei.cases.models import Category
from jingwei.cases.testing import a_condition

AMONG = 3
Said = list[tuple[str, str]]
"""Words and class."""


def run(bench: Bench) -> None:
    a_condition()
    for language in ("zh", "en"):
        for name, (learned, asked) in {"named": named(language), "unseen": unseen(language)}.items():
            pieces, vectors, both = shares(learned, asked)
            bench.report(name=f"suggesting.{language}.{name}.by_vectors", value=vectors, unit="%", baseline=pieces)
            bench.report(name=f"suggesting.{language}.{name}.by_both", value=both, unit="%", baseline=pieces)


def named(language: str) -> tuple[Said, Said]:
    learned, asked = [], []
    for category in current().values():
        asked += [(word, category.code) for word in getattr(category, f"keywords_{language}").split()]
        learned += [(words, category.code) for words in said_of(category, language)]
    return learned, asked


def unseen(language: str) -> tuple[Said, Said]:
    learned, asked, chance = [], [], random.Random(1)
    for category in current().values():
        conditions = [getattr(one, f"text_{language}") for one in category.conditions.all()]
        if len(conditions) > 1:
            asked.append((conditions.pop(chance.randrange(len(conditions))), category.code))
        conditions.append(getattr(category, f"name_{language}"))
        learned += [(words, category.code) for words in conditions]
    return learned, asked


def said_of(category: Category, language: str) -> list[str]:
    conditions = category.conditions.all()
    texts = [getattr(one, f"{part}_{language}") for one in conditions for part in ("text", "closing")]
    return [getattr(category, f"name_{language}"), *texts]


def shares(learned: Said, asked: Said) -> tuple[float, float, float]:
    """Per cent found among three: by pieces, by vectors, by both. Everything is said so often that it is kept."""
    often = learned * SHARED_BY
    pieces = Model.learn(often)
    both = Model.learn(often, vectors_of(often))
    vectors = vectors_of(asked)
    alone = Model(both.codes, {}, both.weights, both.prior, both.meaning)
    questions = list(zip((words for words, _code in asked), vectors, strict=True))
    return (
        share(asked, [pieces.guess(words, AMONG) for words, _vector in questions]),
        share(asked, [alone.guess(words, AMONG, vector) for words, vector in questions]),
        share(asked, [both.guess(words, AMONG, vector) for words, vector in questions]),
    )


def vectors_of(said: Said) -> meaning.Floats:
    return meaning.vectors([words for words, _code in said])


def share(asked: Said, guessed: Sequence[list[str]]) -> float:
    return 100 * float(np.mean([code in found for (_words, code), found in zip(asked, guessed, strict=True)]))
