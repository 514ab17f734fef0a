"""How alike two sayings are, by the characters that stand side by side in them. For Chinese and for English."""

import re
import unicodedata
from collections.abc import Iterable

BREAK = re.compile(r"[\W_]+")


def pieces(text: str) -> list[str]:
    """Single Chinese characters and pairs of neighbours; of other scripts words, and runs of three letters in them.

    Width, case and punctuation do not count.
    """
    return list(_pieces(BREAK.split(unicodedata.normalize("NFKC", text).casefold())))


def _pieces(words: Iterable[str]) -> Iterable[str]:
    for word in filter(None, words):
        for run in re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", word):
            if "\u3400" <= run[0] <= "\u9fff":
                yield from run
                yield from (run[at : at + 2] for at in range(len(run) - 1))
            else:
                yield f" {run} "
                yield from (run[at : at + 3] for at in range(len(run) - 2))


def likeness(first: str, second: str) -> float:
    """From 0, nothing in common, to 1, the same: shared pieces by all pieces (Dice)."""
    one, other = set(pieces(first)), set(pieces(second))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
