"""Which closures on the spot are looked at by somebody else: a share of each category, drawn from the case's own id."""

from hashlib import sha256
from uuid import UUID

SALT = b"spot check"
PARTS = 10_000


def is_drawn(case_id: UUID, percent: int) -> bool:
    """Whether the case is among the `percent` that are drawn. Nobody can choose, and anybody can draw again."""
    digest = sha256(SALT + case_id.bytes).digest()
    return int.from_bytes(digest[:8]) % PARTS < percent * PARTS // 100
