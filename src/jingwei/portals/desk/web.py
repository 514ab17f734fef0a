"""Where the desk begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jingwei.cases.public import QUEUES, dockets_of
from jingwei.people.public import MemberRequest, member_required
from jingwei.ui.public import admin_doors


@never_cache
@require_safe
@member_required
def home(request: MemberRequest) -> HttpResponse:
    """The first queue of the member's first docket, or what they set up; who has neither is told what would be here."""
    for holder in dockets_of(request.member):
        return redirect("desk:queue", holder, next(iter(QUEUES[holder.kind])))
    for door in admin_doors(request.member):
        return redirect(door.url)
    return render(request, "portals/desk/empty.html")
