"""The category table: loading an edition of it, and finding one's way in the one that holds now."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.category_table import read_table
from jingwei.cases.facts import EditionPublished
from jingwei.cases.models import Category, Condition, Edition
from jingwei.kernel.public import Refused, clock, publish
from jingwei.people.public import Member

OURS = Path(__file__).parent / "data" / "categories.csv"
DEPARTMENTS = OURS.with_name("departments.csv")
"""The departments that the table names: key, names, and the level that has them."""
FRESH = timedelta(seconds=30)


def load_categories(path: Path = OURS, *, now: datetime | None = None) -> Edition:
    """Publish the table in `path` as a new edition, unless one has been published of these bytes.

    Refused, naming the row and the column, where it cannot be read.
    """
    data = path.read_bytes()
    known = Edition.objects.filter(digest=hashlib.sha256(data).hexdigest()).order_by("-number").first()
    return known or publish_table(data, by=None, now=now)


@atomic
def publish_table(data: bytes, *, by: Member | None, now: datetime | None = None) -> Edition:
    """Publish the table in the bytes of a file; those of the newest edition are the newest edition.

    Refused, naming the row and the column, where it cannot be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    last = Edition.objects.select_for_update().order_by("-number").first()
    if last is not None and last.digest == digest:
        return last
    edition = Edition.objects.create(number=last.number + 1 if last else 1, digest=digest, begins_at=now or clock.now())
    read_table(data).write(edition)
    publish(EditionPublished(number=edition.number), by=by, at=now)
    _current.cache_clear()
    return edition


def current() -> dict[str, Category]:
    """The categories of the edition that holds now, by code, conditions loaded. Kept for half a minute."""
    return _current(int(clock.now().timestamp() // FRESH.total_seconds()))


@lru_cache(maxsize=1)
def _current(_moment: int) -> dict[str, Category]:
    edition = Edition.objects.filter(begins_at__lte=clock.now()).order_by("-number").first()
    rows = (
        Category.objects.filter(edition=edition)
        .select_related("edition")
        .prefetch_related("conditions")
        .order_by("code")
    )
    return {category.code: category for category in rows}


def known_codes() -> Iterable[str]:
    """The category codes that can be used today."""
    return current().keys()


def condition_of(code: str, number: str) -> Condition:
    """The condition `number` of category `code` today. Raises Refused, naming what is missing."""
    category = current().get(code)
    if category is None:
        raise Refused(_("There is no category %(code)s.") % {"code": code})
    for condition in category.conditions.all():
        if condition.number == number:
            return condition
    raise Refused(_("Category %(code)s has no condition %(number)s.") % {"code": code, "number": number})


def named(words: str, limit: int = 3) -> list[Category]:
    """The categories whose everyday words stand in `words`, the best match first. A person decides."""
    said = words.casefold()
    scores = [(_likeness(category, said), category) for category in current().values()]
    found = sorted((pair for pair in scores if pair[0]), key=lambda pair: (-pair[0], pair[1].code))
    return [category for _score, category in found[:limit]]


def _likeness(category: Category, said: str) -> int:
    """How many characters of everyday words were said: longer words tell more."""
    words = {*category.keywords_zh.split(), *category.keywords_en.casefold().split(), category.name_zh}
    return sum(len(word) for word in words if word in said)
