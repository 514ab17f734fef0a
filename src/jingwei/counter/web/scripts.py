"""What is said to callers: by kind of matter, in editions, set up at the desk."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jingwei.cases.public import kind_choices, kind_name
from jingwei.counter import actions
from jingwei.counter.models import Script
from jingwei.counter.policy import SCRIPTS
from jingwei.counter.scripts import ALL, code_of_kind, in_force, kind_of
from jingwei.people.public import MemberRequest, attempt, duty_required

PAGE = {"office": "scripts"}


class ScriptForm(forms.Form):
    """One edition. Questions stand one to a line; answers are parted by an empty line, the title being the first."""

    kind = forms.ChoiceField(label=gettext_lazy("For which matters"))
    opening = forms.CharField(
        label=gettext_lazy("What to say first"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    questions = forms.CharField(
        label=gettext_lazy("What to ask"),
        help_text=gettext_lazy("One question a line. The clerk ticks them off."),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        help_text=gettext_lazy("A line with the title, below it the answer, then an empty line."),
        required=False,
        widget=forms.Textarea({"rows": 10}),
    )
    reason = forms.CharField(label=gettext_lazy("Why it changes"), max_length=200)

    def __init__(self, data: Any, *, script: Script | None) -> None:
        super().__init__(data, initial=_as_typed(script) if script else {"kind": ALL})
        self.fields["kind"].choices = [(ALL, _("All matters")), *kind_choices()]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What an edition is made of."""
        given = self.cleaned_data
        return {
            "opening": given["opening"],
            "questions": [line.strip() for line in given["questions"].splitlines() if line.strip()],
            "answers": read_answers(given["answers"]),
            "reason": given["reason"],
        }


def read_answers(text: str) -> list[dict[str, str]]:
    """Blocks of lines: the first is the title, the others the answer."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    parts = (block.partition("\n") for block in blocks if block)
    return [{"title": title.strip(), "text": said.strip()} for title, _line, said in parts]


def _as_typed(script: Script) -> dict[str, str]:
    return {
        "kind": kind_of(script.category_code),
        "opening": script.opening,
        "questions": "\n".join(script.questions),
        "answers": "\n\n".join(f"{one['title']}\n{one['text']}" for one in script.answers),
    }


@never_cache
@require_safe
@duty_required(SCRIPTS)
def scripts(request: MemberRequest) -> HttpResponse:
    """The scripts that hold."""
    rows = [(_called(one), one) for one in in_force() if not one.is_empty]
    return render(request, "counter/scripts.html", PAGE | {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@duty_required(SCRIPTS)
def script(request: MemberRequest, kind: str = "") -> HttpResponse:
    """The next edition of one kind: it begins as the newest stands, or as that of `?edition=`."""
    found = _edition(kind, request.GET.get("edition", "")) if kind else None
    form = ScriptForm(request.POST or None, script=found)
    if form.is_valid():
        code = code_of_kind(form.cleaned_data["kind"])
        if attempt(form, actions.publish_script, code, by=request.member, **form.said()):
            messages.success(request, _("The new edition holds from now on."))
            return redirect("counter:scripts")
    given = {"form": form, "script": found, "kind": kind}
    return render(request, "counter/script_form.html", PAGE | given, status=422 if form.errors else 200)


@never_cache
@require_safe
@duty_required(SCRIPTS)
def editions(request: MemberRequest, kind: str) -> HttpResponse:
    """Every edition of one kind, the newest first."""
    newest = _edition(kind, "")
    rows = Script.objects.filter(category_code=newest.category_code).select_related("published_by")
    given = {"name": _called(newest), "kind": kind, "rows": rows.order_by("-number")}
    return render(request, "counter/script_editions.html", PAGE | given)


@require_POST
@duty_required(SCRIPTS)
def end(request: MemberRequest, kind: str) -> HttpResponse:
    """The kind has no script any more; earlier editions stay and can be taken up again."""
    code = _edition(kind, "").category_code
    actions.publish_script(code, reason=_("Ended"), by=request.member)
    messages.success(request, _("The script has ended. Its editions stay."))
    return redirect("counter:scripts")


def _called(script: Script) -> str:
    return kind_name(script.category_code) if script.category_code else _("All matters")


def _edition(kind: str, number: str) -> Script:
    """The edition of a kind with this number, else the newest. Raises Http404."""
    rows = Script.objects.filter(category_code=code_of_kind(kind)).order_by("-number")
    if number:
        if not (number.isascii() and number.isdigit() and len(number) < 9):
            raise Http404
        return get_object_or_404(rows, number=int(number))
    found = rows.first()
    if found is None:
        raise Http404
    return found
