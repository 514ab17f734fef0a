"""What the pages of the staff look at: which place, whom, and what the reader may do there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from jingwei.kernel.public import allowed
from jingwei.people.models import Member, Posting
from jingwei.people.requests import MemberRequest
from jingwei.places.public import Area, codes

SEE, ARRANGE, MANAGE = "people.see", "people.postings", "people.accounts"


def spans_of(member: Member, *duties: str) -> list[tuple[int, int]]:
    """Where the member holds one of these duties, the widest first."""
    spans = {(post.first, post.last) for post in member.posts if post.has_area and not post.duties.isdisjoint(duties)}
    return sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def covers(spans: list[tuple[int, int]], code: int) -> bool:
    return any(first <= code <= last for first, last in spans)


def area_of(request: MemberRequest) -> Area:
    """The area asked for by `at`, or the widest that the member may look at. Anything else is not there."""
    spans = spans_of(request.member, SEE)
    asked = request.GET.get("at", "")
    try:
        code = codes.read(asked) if asked else spans[0][0]
    except (ValueError, IndexError):
        raise Http404 from None
    if not covers(spans, code):
        raise Http404
    return get_object_or_404(Area.objects.current(), pk=code)


def may_arrange(member: Member, code: int) -> bool:
    return covers(spans_of(member, ARRANGE, MANAGE), code)


def member_of(request: MemberRequest, key: int) -> Member:
    """Somebody on the staff who holds, held or will hold a posting where the reader looks; otherwise not there."""
    if not allowed(request.member, "people.see_posting", Posting.objects.filter(member_id=key)).exists():
        raise Http404
    return get_object_or_404(Member, pk=key, kind=Member.Kind.STAFF)


def number(request: HttpRequest, name: str) -> int:
    """A number of the address; 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
