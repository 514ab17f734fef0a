"""The forms of more time: asked for, and granted."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jingwei.cases.forms import MoveForm, WordsField
from jingwei.cases.models import Step
from jingwei.kernel.public import clock

WALL = "%Y-%m-%dT%H:%M"


class AskExtensionForm(MoveForm):
    """Until when, and why."""

    until = forms.DateTimeField(
        label=gettext_lazy("New date"),
        input_formats=[WALL],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=WALL),
    )
    words = WordsField(label=gettext_lazy("Reason"), help_text=gettext_lazy("Whoever decides reads this."))

    field_order = ("seen", "until", "words")

    def given(self) -> dict[str, Any]:
        return super().given() | {"until": self.cleaned_data["until"]}


class ExtendForm(AskExtensionForm):
    """Granted as asked, unless another date is chosen."""

    words = WordsField(
        label=gettext_lazy("Note"), required=False, help_text=gettext_lazy("Whoever reported it reads this.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = Step.objects.filter(case_id=self.case.pk, verb="ask_extension").order_by("pk").last()
        if asked is not None:
            self.fields["until"].initial = clock.local(datetime.fromisoformat(asked.detail["until"]))
