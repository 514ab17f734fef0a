"""Members of the demo, by what they are known for, with the posts of the day; and who works on a case there."""

from jingwei.cases.public import Case
from jingwei.people.public import Member, Posting, load_member


def member(username: str) -> Member:
    """By their user name. Raises Member.DoesNotExist."""
    return load_member(Member.objects.values_list("pk", flat=True).get(username=username))


def resident(phone: str) -> Member:
    return load_member(Member.objects.with_phone(phone).get().pk)


def holder(role: str, **at: int) -> Member:
    """Who has held the role the longest, anywhere or where it is said."""
    held = Posting.objects.filter(role=role, ends_on=None, **at).order_by("pk")
    return load_member(held.values_list("member_id", flat=True)[0])


def handler_of(case: Case) -> Member:
    """Who took it on."""
    part = case.assignments.get(status="accepted", role="lead")
    assert part.handler is not None
    return member(str(part.handler.username))


def reporter_of(case: Case) -> Member | None:
    """Who reported it first, of those with an account."""
    pk = case.reports.exclude(member=None).order_by("pk").values_list("member_id", flat=True).first()
    return None if pk is None else load_member(pk)
