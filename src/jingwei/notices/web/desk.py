"""How notices go out, and what they say: for the administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jingwei.kernel.public import clock, environment
from jingwei.notices.addresses import set_robot
from jingwei.notices.forms import RobotForm
from jingwei.notices.models import Robot
from jingwei.notices.overview import ways
from jingwei.notices.policy import MANAGE
from jingwei.notices.texts import text_of, texts
from jingwei.people.public import Department, MemberRequest, attempt, duty_required

PAGE = {"office": "notices"}
LANGUAGES = ("zh-hans", "en")


@never_cache
@require_safe
@duty_required(MANAGE)
def overview(request: MemberRequest) -> HttpResponse:
    """Each channel with how it is doing, and the texts that there are."""
    return render(
        request,
        "notices/desk/overview.html",
        PAGE | {"ways": ways(clock.now()), "texts": [(one, one.title_shown) for one in texts()]},
    )


@never_cache
@require_safe
@duty_required(MANAGE)
def text(request: MemberRequest, key: str) -> HttpResponse:
    """A text as people read it, in both languages, with made-up values."""
    found = text_of(key)
    if found is None:
        raise Http404
    shown = []
    for language in LANGUAGES:
        with override(language):
            shown.append((language, found.said(found.examples)))
    return render(
        request,
        "notices/desk/text.html",
        PAGE | {"text": found, "title": found.title_shown, "shown": shown, "site": environment().site_url},
    )


@never_cache
@require_safe
@duty_required(MANAGE)
def robots(request: MemberRequest) -> HttpResponse:
    """Offices, and which of them have a robot."""
    has = set(Robot.objects.values_list("department_id", flat=True))
    offices = Department.objects.filter(closed_on=None).order_by("code", "pk")
    rows = [(office, office.pk in has) for office in offices]
    return render(request, "notices/desk/robots.html", PAGE | {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(MANAGE)
def robot(request: MemberRequest, department_id: int) -> HttpResponse:
    """The robot of one office. Its address is shown to nobody again."""
    department = get_object_or_404(Department, pk=department_id, closed_on=None)
    there = Robot.objects.filter(department=department).first()
    form = RobotForm(request.POST or None, initial={"topics": there.topics if there else ["work", "limits"]})
    if form.is_valid():
        given = form.cleaned_data
        attempt(form, set_robot, department, given["url"], given["topics"], by=request.member)
        if not form.errors:
            messages.success(request, _("The robot is kept.") if given["url"] else _("The robot is taken out."))
            return redirect("notices:robots")
    given = PAGE | {"department": department, "form": form, "is_there": there is not None}
    return render(request, "notices/desk/robot.html", given, status=422 if form.errors else 200)
