"""What is held in areas goes along when areas change: postings, and the keys of software."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import Fact, publish_many
from jingwei.people.facts import PostingCreated, PostingEnded
from jingwei.people.models import ApiKey, HandOver, Posting
from jingwei.places.public import (
    Holding,
    Line,
    Moment,
    Moved,
    Span,
    Spot,
    Thing,
    codes,
    names_of,
    register_holding,
    within,
)

Seat = tuple[Any, ...]
"""Whose, which role, where and in which office: what makes two postings the same."""


class Postings(Holding):
    """A posting ends with its area, and goes on in each that came there: nowhere is anybody missing for a day."""

    key = "postings"
    title = _("Postings")
    icon = "users"
    is_shared = True

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:
        rows = Posting.objects.filter(within(spans)).filter(Q(ends_on=None) | Q(ends_on__gt=on))
        return [Thing(key, Spot(code)) for key, code in rows.order_by("pk").values_list("pk", "code") if code]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        rows = list(Posting.objects.filter(pk__in=list(keys)).select_related("member").order_by("code", "pk")[:limit])
        names = names_of(posting.code for posting in rows if posting.code)
        return [
            Line(
                posting.member.name,
                _("%(role)s, %(area)s") % {"role": posting.title, "area": names.get(posting.code or 0, "")},
            )
            for posting in rows
        ]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:
        heirs = {thing.key: thing.new for thing in moved}
        postings = list(Posting.objects.select_for_update().filter(pk__in=list(heirs)).order_by("pk"))
        ended = [posting for posting in postings if posting.begins_on < moment.on]
        new: dict[Seat, Posting] = {}
        for posting in postings:
            for code in heirs[posting.pk]:
                one = _again(posting, code, moment.on)
                new[_seat(one)] = _joined(new[_seat(one)], one) if _seat(one) in new else one
        Posting.objects.filter(pk__in=[posting.pk for posting in ended]).update(ends_on=moment.on)
        later = [posting.pk for posting in postings if posting not in ended]
        created = Posting.objects.bulk_create(new.values())
        _hand_over_there(postings, created, heirs)
        Posting.objects.filter(pk__in=later).delete()
        facts: list[Fact] = [PostingEnded(**_about(posting)) for posting in ended]
        facts += [PostingCreated(**_about(posting)) for posting in created]
        publish_many(facts, by=moment.by, at=moment.at)


def _hand_over_there(
    postings: Sequence[Posting], created: Sequence[Posting], heirs: dict[Any, tuple[int, ...]]
) -> None:
    """What is still to be handed over goes on at the first of the new areas."""
    by_key = {posting.pk: posting for posting in postings}
    by_seat = {_seat(posting): posting for posting in created}
    for waiting in HandOver.objects.select_for_update().filter(posting__in=by_key, done_at=None):
        posting, code = by_key[waiting.posting_id], heirs[waiting.posting_id][0]
        waiting.posting = by_seat[posting.member_id, posting.role, code, posting.department_id]
        waiting.code = code
        waiting.save(update_fields=["posting", "code"])


def _seat(posting: Posting) -> Seat:
    return posting.member_id, posting.role, posting.code, posting.department_id


def _again(posting: Posting, code: int, on: date) -> Posting:
    """The same posting at another area, from the day `on` unless it begins later."""
    return Posting(
        member_id=posting.member_id,
        role=posting.role,
        code=code,
        department_id=posting.department_id,
        categories=posting.categories,
        begins_on=max(posting.begins_on, on),
        ends_on=posting.ends_on,
    )


def _joined(one: Posting, other: Posting) -> Posting:
    """Two that come to the same seat where areas merge: the wider of both."""
    one.categories = sorted({*one.categories, *other.categories}) if one.categories and other.categories else []
    one.begins_on = min(one.begins_on, other.begins_on)
    one.ends_on = max(one.ends_on, other.ends_on) if one.ends_on and other.ends_on else None
    return one


def _about(posting: Posting) -> dict[str, Any]:
    return {"posting_id": posting.pk, "member_id": posting.member_id, "code": posting.place}


class Keys(Holding):
    """A key opens what came after its areas, and goes on opening their history."""

    key = "keys"
    title = _("API keys")
    icon = "key"
    is_shared = True

    def things(self, spans: Sequence[Span], on: date) -> Sequence[Thing]:  # noqa: ARG002 - a key has no days
        return [
            Thing((key, code), Spot(code))
            for key, opened in ApiKey.objects.filter(revoked_at=None).order_by("pk").values_list("pk", "codes")
            for code in opened
            if any(first <= code <= last for first, last in spans)
        ]

    def lines(self, keys: Sequence[Any], limit: int) -> list[Line]:
        rows = ApiKey.objects.filter(pk__in=[key for key, _code in keys]).order_by("pk")[:limit]
        return [Line(row.name, row.prefix) for row in rows]

    def move(self, moved: Sequence[Moved], moment: Moment) -> None:  # noqa: ARG002
        heirs: dict[int, set[int]] = {}
        for thing in moved:
            heirs.setdefault(thing.key[0], set()).update(thing.new)
        for key in ApiKey.objects.select_for_update().filter(pk__in=heirs):
            key.codes = sorted({*key.codes, *heirs[key.pk]})
            key.code = reduce(codes.common, key.codes)
            key.save(update_fields=["codes", "code"])


def register() -> None:
    for holding in (Postings(), Keys()):
        register_holding(holding)
