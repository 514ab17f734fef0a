"""What was answered to one item: its photo, and the case that is made of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jingwei.cases.public import send_picture
from jingwei.kernel.public import may
from jingwei.people.public import MemberRequest, member_required
from jingwei.worklists import actions
from jingwei.worklists.models import Answer
from jingwei.worklists.privacy import note_task
from jingwei.worklists.web.finding import found_task


@never_cache
@require_safe
@member_required
def photo(request: MemberRequest, key: UUID, answer: UUID) -> HttpResponseBase:
    """The photo of one answer."""
    row = found_task(request, key)
    one = get_object_or_404(Answer.objects.exclude(file=""), task=row, pk=answer)
    note_task(row, by=request.member)
    return send_picture(one.file, is_final=False)


@require_POST
@member_required
def raise_case(request: MemberRequest, key: UUID, answer: UUID) -> HttpResponse:
    """A case of what was found, in one tap."""
    row = found_task(request, key)
    is_worker = may(request.member, "worklists.answer", row)
    if not (is_worker or may(request.member, "worklists.sort", row)):
        raise Http404
    case = actions.raise_answer(get_object_or_404(Answer, task=row, pk=answer), by=request.member)
    messages.success(request, _("Case %(number)s is open, and stays linked to the answer.") % {"number": case.number})
    return redirect("worklists:task" if is_worker and "field" in request.POST else "worklists:result", key)
