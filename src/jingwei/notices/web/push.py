"""Messages on the screens of a member's devices: switched on by a script, switched off by a form; and its worker."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.kernel.public import environment
from jingwei.notices import devices
from jingwei.notices.forms import PushForm
from jingwei.notices.models import PushDevice
from jingwei.notices.sealing import public_key
from jingwei.people.public import Member, MemberRequest, attempt, browser_named, member_required

WORKER = Path(__file__).resolve().parent.parent / "static/notices/push-worker.js"


def push_card(member: Member) -> dict[str, Any]:
    """What the page shows of it: our key for browsers, "" where it is not set up, and the member's devices."""
    own = environment().push_key
    theirs = PushDevice.objects.filter(member=member).order_by("-used_at", "-pk")
    return {
        "push_key": public_key(own) if own else "",
        "push_devices": [(one, browser_named(one.agent)) for one in theirs],
    }


@require_POST
@member_required
def add(request: MemberRequest) -> HttpResponse:
    """The browser has agreed; asked for by the script. Gives the id under which it is kept."""
    return _told(request, devices.add_device, agent=request.headers.get("User-Agent", ""))


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def renew(request: MemberRequest) -> HttpResponse:
    """The browser has another address; asked for by its worker, which has no page: first for what it needs."""
    if request.method == "POST":
        return _told(request, devices.renew_device)
    own = environment().push_key
    if not own:
        raise Http404
    return JsonResponse({"key": public_key(own), "token": get_token(request)})


def _told(request: MemberRequest, action: Callable[..., PushDevice], **more: str) -> JsonResponse:
    """What the browser gives out goes to `action`; its words say why not."""
    form = PushForm(request.POST)
    row = None
    if form.is_valid():
        given = form.cleaned_data | {"session": request.session.handle, "by": request.member} | more
        row = attempt(form, action, request.member, **given)
    if row is None:
        return JsonResponse({"why": [str(one) for ones in form.errors.values() for one in ones]}, status=422)
    return JsonResponse({"id": str(row.pk)})


@require_POST
@member_required
def end(request: MemberRequest, key: UUID) -> HttpResponse:
    """No more messages on one device."""
    if devices.end_device(request.member, key, by=request.member):
        messages.success(request, _("That device shows no messages any more."))
    return redirect("notices:choices")


@require_safe
def worker(_request: HttpRequest) -> FileResponse:
    """The service worker, beside the one page that it sees. Browsers look for a newer one without signing in."""
    return FileResponse(WORKER.open("rb"), content_type="text/javascript; charset=utf-8")
