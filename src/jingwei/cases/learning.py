"""Learning which class a report belongs to, from the pieces of its words (naive Bayes). No database, no clock.

Only pieces that several cases share are kept, so that what is learned names nobody.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Self

import numpy as np
from numpy.typing import NDArray

from jingwei.cases.likeness import pieces

SHARED_BY = 3
"""Cases in which a piece has to stand."""
MOST_PIECES = 8000
SMOOTHING = 0.2

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """For each class how likely each piece is, as logarithms. `prior`: how frequent the classes are."""

    codes: list[str]
    columns: dict[str, int]
    weights: Floats
    prior: Floats

    @classmethod
    def learn(cls, examples: Sequence[tuple[str, str]]) -> Self:
        """From pairs of words and class."""
        taken = [(set(pieces(words)), code) for words, code in examples]
        shared = Counter(piece for said, _code in taken for piece in said)
        kept = sorted((piece for piece, n in shared.items() if n >= SHARED_BY), key=lambda one: (-shared[one], one))
        columns = {piece: at for at, piece in enumerate(kept[:MOST_PIECES])}
        codes = sorted({code for _words, code in examples})
        rows = {code: at for at, code in enumerate(codes)}
        counts = np.full((len(codes), len(columns)), SMOOTHING, dtype=np.float32)
        for said, code in taken:
            counts[rows[code], [columns[piece] for piece in said if piece in columns]] += 1
        weights = np.log(counts / counts.sum(axis=1, keepdims=True)) if columns else counts
        known = Counter(code for _words, code in examples)
        prior = np.log(np.array([known[code] for code in codes], dtype=np.float32) / max(len(examples), 1))
        return cls(codes, columns, weights, prior)

    def guess(self, words: str, limit: int) -> list[str]:
        """The likeliest classes, the best first; none where nothing that was said is known."""
        said = sorted({self.columns[piece] for piece in pieces(words) if piece in self.columns})
        if not said:
            return []
        scores = self.weights[:, said].sum(axis=1) + self.prior
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self.codes[at] for at in best]

    def as_bytes(self) -> bytes:
        """Arrays only, of half precision: reading them back runs nothing."""
        file = BytesIO()
        np.savez_compressed(
            file,
            codes=np.array(self.codes),
            pieces=np.array(list(self.columns)),
            weights=self.weights.astype(np.float16),
            prior=self.prior,
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        with np.load(BytesIO(data), allow_pickle=False) as held:
            return cls(
                [str(code) for code in held["codes"]],
                {str(piece): at for at, piece in enumerate(held["pieces"])},
                held["weights"].astype(np.float32),
                held["prior"],
            )
