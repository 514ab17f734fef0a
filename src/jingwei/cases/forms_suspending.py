"""The forms of a case that cannot go on: asked to be suspended, suspended until a review, kept so."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from jingwei.cases.forms import MoveForm, WordsField
from jingwei.cases.models import Step
from jingwei.cases.said import SUSPENDED_FOR
from jingwei.kernel.public import clock

REVIEWED = time(18)
"""O'clock on the review date, on the district's clock: until then whoever granted it decides."""
MONTH = timedelta(days=30)


def review_of(day: date) -> datetime:
    return datetime.combine(day, REVIEWED, clock.local(clock.now()).tzinfo)


class ReviewField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=gettext_lazy("Review date"), input_formats=["%Y-%m-%d"], widget=widget, **options)


class AskSuspensionForm(MoveForm):
    """Why it cannot go on, and when it is worth looking again."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=list(SUSPENDED_FOR.items()), widget=forms.RadioSelect
    )
    until = ReviewField(help_text=gettext_lazy("Within half a year. On that evening it goes on by itself."))
    words = WordsField(label=gettext_lazy("Explanation"), help_text=gettext_lazy("Whoever decides reads this."))

    field_order = ("seen", "reason", "until", "words")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].initial = clock.local(clock.now() + MONTH).date()

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return super().given() | {"reason": cleaned["reason"], "until": review_of(cleaned["until"])}


class SuspendForm(AskSuspensionForm):
    """Granted as asked, unless another date is chosen."""

    words = WordsField(label=gettext_lazy("Explanation"), help_text=gettext_lazy("Whoever reported it reads this."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = Step.objects.filter(case_id=self.case.pk, verb="ask_suspension").order_by("pk").last()
        if asked is not None:
            self.fields["reason"].initial = asked.detail["reason"]
            self.fields["until"].initial = clock.local(datetime.fromisoformat(asked.detail["until"])).date()


class KeepSuspendedForm(MoveForm):
    """Another review date, and why it still cannot go on."""

    until = ReviewField(help_text=gettext_lazy("Within half a year. On that evening it goes on by itself."))
    words = WordsField(label=gettext_lazy("Explanation"), help_text=gettext_lazy("Whoever reported it reads this."))

    field_order = ("seen", "until", "words")

    def given(self) -> dict[str, Any]:
        return super().given() | {"until": review_of(self.cleaned_data["until"])}


class ResumeForm(MoveForm):
    words = WordsField(
        label=gettext_lazy("Note"), required=False, help_text=gettext_lazy("Whoever reported it reads this.")
    )
