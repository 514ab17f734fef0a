"""Learning which class a report belongs to, from the pieces of its words (naive Bayes), and where there are vectors
from their meaning as well (least squares with a ridge). No database, no clock.

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
RIDGE = 1.0

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """For each class how likely each piece is, as logarithms. `prior`: how frequent the classes are.

    `meaning`: a row for each class, which a vector is multiplied with; without columns where there were no vectors.
    """

    codes: list[str]
    columns: dict[str, int]
    weights: Floats
    prior: Floats
    meaning: Floats

    @classmethod
    def learn(cls, examples: Sequence[tuple[str, str]], vectors: Floats | None = None) -> Self:
        """From pairs of words and class; `vectors`: a row for the words of each."""
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
        meaning = _fit(vectors, [rows[code] for _words, code in examples], len(codes))
        return cls(codes, columns, weights, prior, meaning)

    @property
    def knows_meaning(self) -> bool:
        return bool(self.meaning.size)

    def guess(self, words: str, limit: int, vector: Floats | None = None) -> list[str]:
        """The likeliest classes, the best first; none where nothing that was said is known.

        `vector`: of the words, for a model that knows meaning.
        """
        said = sorted({self.columns[piece] for piece in pieces(words) if piece in self.columns})
        scores = []
        if said:
            scores.append(self.weights[:, said].sum(axis=1) + self.prior)
        if vector is not None and self.knows_meaning and vector.any():
            scores.append(self.meaning @ vector)
        if not scores:
            return []
        best = np.argsort(-sum(map(_standing, scores)), kind="stable")[:limit]
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
            meaning=self.meaning.astype(np.float16),
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
                held["meaning"].astype(np.float32) if "meaning" in held else _fit(None, [], len(held["codes"])),
            )


def _fit(vectors: Floats | None, rows: Sequence[int], classes: int) -> Floats:
    """What a vector is multiplied with to come near 1 for its class and 0 for the others: classes × columns."""
    if vectors is None:
        return np.zeros((classes, 0), dtype=np.float32)
    goal = np.zeros((len(rows), classes), dtype=np.float32)
    goal[np.arange(len(rows)), rows] = 1
    goal[:, goal.sum(axis=0) < SHARED_BY] = 0
    within = vectors.T @ vectors + RIDGE * np.eye(vectors.shape[1], dtype=np.float32)
    fitted: Floats = np.linalg.solve(within, vectors.T @ goal).T.astype(np.float32)
    return fitted


def _standing(scores: Floats) -> Floats:
    """How far above or below the others each stands, so that scores of two kinds can be added."""
    standing: Floats = (scores - scores.mean()) / (scores.std() or 1)
    return standing
