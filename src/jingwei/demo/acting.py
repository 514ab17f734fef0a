"""Members of the demo by their user names, and who works on a case there."""

from jingwei.cases.public import Case
from jingwei.people.public import Member, load_member


def member(username: str) -> Member:
    """With the posts of the day. Raises Member.DoesNotExist."""
    return load_member(Member.objects.values_list("pk", flat=True).get(username=username))


def handler_of(case: Case) -> Member:
    """Who took it on."""
    part = case.assignments.get(status="accepted", role="lead")
    assert part.handler is not None
    return member(str(part.handler.username))


def reporter_of(case: Case) -> Member | None:
    """Who reported it first, of those with an account."""
    pk = case.reports.exclude(member=None).order_by("pk").values_list("member_id", flat=True).first()
    return None if pk is None else load_member(pk)
