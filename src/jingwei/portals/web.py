"""Where a member begins."""

from django.http import HttpResponse
from django.shortcuts import redirect

from jingwei.people.public import MemberRequest, member_required
from jingwei.portals.switch import first_page


@member_required
def start(request: MemberRequest) -> HttpResponse:
    """To the portal of the member's main posting."""
    return redirect(first_page(request.member))
