"""The forms of what is asked beside the work: a written answer to a leader."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jingwei.cases.errands import ANSWER_LIMITS
from jingwei.cases.forms import MoveForm, WordsField
from jingwei.cases.said import limit_length


class UrgeForm(MoveForm):
    words = WordsField(
        label=gettext_lazy("What you would like to say"),
        required=False,
        help_text=gettext_lazy("Whoever has the case reads this."),
    )


class SuperviseForm(MoveForm):
    limit = forms.ChoiceField(label=gettext_lazy("A written answer within"), initial="1d", widget=forms.RadioSelect)
    words = WordsField(label=gettext_lazy("What you want to know"))

    field_order = ("seen", "limit", "words")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["limit"].choices = [(key, limit_length(limit)) for key, limit in ANSWER_LIMITS.items()]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return super().given() | {"limit": self.cleaned_data["limit"]}


class ReplyForm(MoveForm):
    words = WordsField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("What has been done so far, and what comes next. The leader reads this."),
    )
