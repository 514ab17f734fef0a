"""How much at once, and how much in the long run: counted in memory, by each process for itself."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic


@dataclass
class Bucket:
    """`size` at once, then `rate` a second."""

    size: float
    rate: float
    left: float = 0.0
    filled: float = float("-inf")

    def take(self) -> bool:
        """Whether there was one left."""
        now = monotonic()
        self.left = min(self.size, self.left + (now - self.filled) * self.rate)
        self.filled = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class Buckets:
    """One for each subject; those not asked for longest go when there are too many."""

    size: float
    rate: float
    most: int = 10_000
    _kept: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, subject: str) -> bool:
        with self._lock:
            bucket = self._kept.setdefault(subject, Bucket(self.size, self.rate))
            self._kept.move_to_end(subject)
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return bucket.take()
