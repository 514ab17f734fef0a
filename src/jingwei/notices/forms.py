"""What people fill in: how they are told, where by e-mail, what a browser gives out, and the robot of an office."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.calendars.public import QuietHours
from jingwei.notices.choosing import OWN_CHANNELS, chosen
from jingwei.notices.devices import LONGEST_ADDRESS
from jingwei.notices.models import Channel, Choices
from jingwei.notices.sending import open_channels
from jingwei.notices.texts import Topic
from jingwei.people.public import Member

NO_SMS = frozenset({Topic.DIGEST})
"""What is never worth a text message."""


class ChoicesForm(forms.Form):
    """A group of ways for each topic that the member may be told of."""

    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    has_digest = forms.BooleanField(label=gettext_lazy("Tell me my day each morning"), required=False)

    def __init__(self, *given: Any, member: Member, row: Choices | None, usual: QuietHours, **more: Any) -> None:
        super().__init__(*given, **more)
        self.topics = topics_of(member)
        hidden = frozenset({Channel.PUSH}) - open_channels()
        for topic in self.topics:
            ways = [way for way in OWN_CHANNELS if way not in hidden and (way != Channel.SMS or topic not in NO_SMS)]
            self.fields[f"topic_{topic.value}"] = forms.MultipleChoiceField(
                label=topic.label,
                choices=[(way.value, way.label) for way in ways],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=sorted(chosen(topic, row)),
            )
        quiet = row.quiet(usual) if row else usual
        self.initial["quiet_from"], self.initial["quiet_until"] = quiet.begins, quiet.ends
        self.initial["has_digest"] = row.has_digest if row else True
        if Topic.DIGEST not in self.topics:
            del self.fields["has_digest"]

    @property
    def groups(self) -> list[forms.BoundField]:
        return [self[f"topic_{topic.value}"] for topic in self.topics]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("quiet_from") is None) != (data.get("quiet_until") is None):
            raise forms.ValidationError(_("Give both times, or neither."))
        return data

    @property
    def channels(self) -> dict[str, list[str]]:
        return {topic.value: self.cleaned_data[f"topic_{topic.value}"] for topic in self.topics}

    @property
    def quiet(self) -> tuple[time, time] | None:
        begins, ends = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return None if begins is None else (begins, ends)


def topics_of(member: Member) -> list[Topic]:
    """What a member may be told of: residents of their reports, staff of their work besides."""
    return [Topic.REPORT] if member.kind == Member.Kind.RESIDENT else list(Topic)


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("We send a link there; the address counts once you have opened it. Empty: no e-mails."),
    )


class PushForm(forms.Form):
    """What a browser gives out when it agrees to show messages."""

    endpoint = forms.CharField(max_length=LONGEST_ADDRESS)
    key = forms.CharField(max_length=100)
    secret = forms.CharField(max_length=30)


class RobotForm(forms.Form):
    url = forms.CharField(
        label=pgettext_lazy("robot", "Address"),
        required=False,
        max_length=300,
        widget=forms.URLInput({"autocomplete": "off"}),
        help_text=gettext_lazy("As the group chat shows it when a robot is added. Empty takes the robot out."),
    )
    topics = forms.MultipleChoiceField(
        label=pgettext_lazy("robot", "What it is told"),
        choices=[(topic.value, topic.label) for topic in (Topic.WORK, Topic.LIMITS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
