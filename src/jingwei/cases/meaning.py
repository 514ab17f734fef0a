"""What sayings mean, as vectors that point the same way where they mean the same. Optional (JINGWEI_WORD_VECTORS).

The model is the one that its package ships; nothing is fetched. A process loads it when it first needs it.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingwei.kernel.public import environment

Floats = NDArray[np.float32]


def is_wished() -> bool:
    return environment().word_vectors


def vectors(sayings: Sequence[str]) -> Floats:
    """A row of length 1 for each; of zeros where nothing was said."""
    found: Floats = np.asarray(_model().embed([saying.strip() for saying in sayings]), dtype=np.float32)
    lengths: Floats = np.linalg.norm(found, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return found / lengths


@lru_cache(maxsize=1)
def _model() -> Any:
    import wordllama  # noqa: PLC0415 - an optional package

    # It looks beside itself under other names than it ships, and in a cache that is laid out as it is.
    beside = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=beside, disable_download=True)
