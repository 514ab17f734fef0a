"""Everything that changes the rules: the draft, rule by rule, and its publication. What is published stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from django.db import connection
from django.db.models import Max
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.routing.book import edition_in_force, rules_of
from jingwei.cases.routing.checking import Finding, check_rules
from jingwei.cases.routing.facts import RulesDrafted, RulesPublished
from jingwei.cases.routing.models import CONTENT, Rule, RuleEdition
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member

MOST_RULES = 300
"""Of an edition: who has more writes the category table anew."""
TURNSTILE = 0x6A77_7275
"""Number of the lock that lets one change in at a time; the same in every process."""


def draft() -> RuleEdition | None:
    """The edition that is being written; None where what holds is not being changed."""
    return RuleEdition.objects.filter(published_at__isnull=True).first()


@atomic
def save_rule(rule: Rule, *, by: Member | None, now: datetime | None = None) -> Rule:
    """Put a rule into the draft: over the one with its key, or last. Refused where it has faults."""
    edition = _opened(by)
    rules = list(rules_of(edition))
    if not rule.key:
        rule.key = _free_key(rules)
        if len(rules) >= MOST_RULES:
            raise Refused(_("There are %(n)d rules already. Take one out first.") % {"n": MOST_RULES})
    place = next((place for place, one in enumerate(rules) if one.key == rule.key), len(rules))
    rules[place : place + 1] = [rule]
    moment = now or clock.now()
    _mind(check_rules(rules, clock.local(moment).date())[place])
    _write(edition, rules)
    publish(RulesDrafted(number=edition.number), by=by, at=now)
    return rule


@atomic
def move_rule(key: str, *, up: bool, by: Member | None, now: datetime | None = None) -> None:
    """One place up or down; at either end it stays."""
    edition = _opened(by)
    rules = list(rules_of(edition))
    place = _place(rules, key)
    other = max(place - 1, 0) if up else min(place + 1, len(rules) - 1)
    rules[place], rules[other] = rules[other], rules[place]
    _write(edition, rules)
    publish(RulesDrafted(number=edition.number), by=by, at=now)


@atomic
def switch_rule(key: str, *, on: bool, by: Member | None, now: datetime | None = None) -> None:
    """A rule that is off stays in its place and decides nothing."""
    edition = _opened(by)
    rules = list(rules_of(edition))
    rules[_place(rules, key)].is_on = on
    _write(edition, rules)
    publish(RulesDrafted(number=edition.number), by=by, at=now)


@atomic
def remove_rule(key: str, *, by: Member | None, now: datetime | None = None) -> None:
    """Take a rule out of the draft. Published editions keep it."""
    edition = _opened(by)
    rules = list(rules_of(edition))
    del rules[_place(rules, key)]
    _write(edition, rules)
    publish(RulesDrafted(number=edition.number), by=by, at=now)


@atomic
def restore_edition(number: int, *, by: Member | None, now: datetime | None = None) -> None:
    """Make the draft say what an earlier edition says. It holds once it is published."""
    edition = _opened(by)
    earlier = RuleEdition.objects.filter(number=number, published_at__isnull=False).first()
    if earlier is None:
        raise Refused(_("There is no edition %(number)d.") % {"number": number})
    _write(edition, rules_of(earlier))
    publish(RulesDrafted(number=edition.number), by=by, at=now)


@atomic
def discard_draft(*, by: Member | None, now: datetime | None = None) -> None:
    """Throw the draft away: what is in force stays."""
    edition = _opened(by)
    number = edition.number
    edition.delete()
    publish(RulesDrafted(number=number), by=by, at=now)


@atomic
def publish_draft(*, reason: str, by: Member | None, now: datetime | None = None) -> RuleEdition:
    """From now on the draft holds. Refused where a rule has become faulty meanwhile, or without a reason."""
    edition = draft()
    if edition is None:
        raise Refused(_("There is no draft: nothing was changed."))
    edition = _opened(by)
    return _put_into_force(edition, list(rules_of(edition)), reason=reason, by=by, now=now)


@atomic
def publish_rules(rules: Sequence[Rule], *, reason: str, by: Member | None, now: datetime | None = None) -> RuleEdition:
    """Put a whole set of rules into force, past the draft, which goes on as the next edition after it."""
    _queue()
    kept = draft()
    edition = RuleEdition(number=_next(), published_at=now or clock.now())
    _ask(by, edition)
    if kept is not None:
        edition.number, kept.number = kept.number, edition.number
        kept.save(update_fields=["number"])
    edition.save()
    _write(edition, rules)
    return _put_into_force(edition, rules, reason=reason, by=by, now=now)


def _put_into_force(
    edition: RuleEdition, rules: Sequence[Rule], *, reason: str, by: Member | None, now: datetime | None
) -> RuleEdition:
    moment = now or clock.now()
    if not reason.strip():
        raise Refused(_("Say why: whoever looks back reads it."))
    for findings in check_rules(rules, clock.local(moment).date()):
        _mind(findings)
    edition.reason, edition.published_at, edition.published_by = reason.strip()[:200], moment, by
    edition.save()
    publish(RulesPublished(number=edition.number), by=by, at=now)
    return edition


def _opened(by: Member | None) -> RuleEdition:
    """The draft, held until the transaction ends; begun as a copy of what is in force."""
    _queue()
    begun = draft()
    edition = begun or RuleEdition(number=_next())
    _ask(by, edition)
    if begun is None:
        edition.save()
        if before := edition_in_force():
            _write(edition, rules_of(before))
    return edition


def _write(edition: RuleEdition, rules: Sequence[Rule]) -> None:
    """Make the edition consist of copies of these, in this order."""
    Rule.objects.filter(edition=edition).delete()
    copies = [
        Rule(edition=edition, position=place, **{name: getattr(rule, name) for name in CONTENT})
        for place, rule in enumerate(rules, start=1)
    ]
    Rule.objects.bulk_create(copies)


def _mind(findings: Sequence[Finding]) -> None:
    for found in findings:
        if found.is_fault:
            raise Refused(found.said)


def _place(rules: Sequence[Rule], key: str) -> int:
    for place, rule in enumerate(rules):
        if rule.key == key:
            return place
    raise Refused(_("This rule is not in the draft any more. Look at the list again."))


def _free_key(rules: Sequence[Rule]) -> str:
    """A key that no rule has, nor had in any edition: steps name rules by it."""
    used = set(Rule.objects.values_list("key", flat=True)) | {rule.key for rule in rules}
    return next(key for number in count(1) if (key := f"r{number}") not in used)


def _next() -> int:
    return int(RuleEdition.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _queue() -> None:
    """One after another: two people who save at once both have their rule in the draft."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURNSTILE])


def _ask(by: Member | None, edition: RuleEdition) -> None:
    if by is not None:
        require(by, "routing.manage", edition)
