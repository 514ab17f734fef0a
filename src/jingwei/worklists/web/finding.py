"""The list or the task of an address, for whoever may see it; for everybody else it is not there."""

from uuid import UUID

from django.http import Http404

from jingwei.kernel.public import may
from jingwei.people.public import MemberRequest
from jingwei.worklists.models import Task, WorkList


def found_list(request: MemberRequest, number: str, permit: str = "worklists.see_list") -> WorkList:
    """Raises Http404."""
    known = WorkList.objects.select_related("department").filter(number=number).first()
    if known is None or not may(request.member, permit, known):
        raise Http404
    return known


def found_task(request: MemberRequest, key: UUID, permit: str = "worklists.see") -> Task:
    """Raises Http404."""
    known = Task.objects.select_related("work_list__department").filter(pk=key).first()
    if known is None or not may(request.member, permit, known):
        raise Http404
    return known
