"""For tests: the headers with which a phone sends what waited on it."""

from uuid import UUID

from jingwei.offline.assets import assets
from jingwei.offline.queued import AGE, ID, LATER

__all__ = ["assets", "waited"]


def waited(key: UUID, seconds: float = 3600, *, is_later: bool = True) -> dict[str, str]:
    """Headers of a form that was made so many seconds ago."""
    headers = {ID: str(key), AGE: str(seconds)}
    return headers | {LATER: "1"} if is_later else headers
