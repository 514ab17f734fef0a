"""What is typed about rules: a rule, a case to try them on, a day to replay, a reason."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.forms_report import listed_categories
from jingwei.cases.kinds import kind_choices
from jingwei.cases.models import Case, Condition
from jingwei.cases.routing.choices import area_choices, department_choices, door_choices, role_choices
from jingwei.cases.routing.files import CATEGORY, LONGEST_WORD, SEASON_DAY
from jingwei.cases.routing.ground import Ground
from jingwei.cases.routing.matching import CaseFacts
from jingwei.cases.routing.models import Rule
from jingwei.cases.workflow import Level
from jingwei.kernel.public import clock
from jingwei.places.public import Level as AreaLevel
from jingwei.places.public import codes, level_of
from jingwei.ui.public import WEEKDAYS

NOTHING = [("", pgettext_lazy("answer of a rule", "says nothing"))]
LIST_HINT = gettext_lazy("None chosen: all. With a keyboard, hold Ctrl to choose several.")


class DayField(forms.DateField):
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SeasonField(forms.CharField):
    """A month and day such as 11-15."""

    def __init__(self, **options: Any) -> None:
        check = RegexValidator(rf"^{SEASON_DAY.pattern}\Z", gettext_lazy("Write month and day, such as 11-15."))
        super().__init__(max_length=5, required=False, validators=[check], **options)


class CodesField(forms.CharField):
    """Codes apart by spaces or commas."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace(",", " ").replace("，", " ").replace("、", " ").split()

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else " ".join(value)

    def run_validators(self, value: Any) -> None:
        """Every code is looked at where all are there."""


class RuleForm(forms.Form):
    """One rule. What is left empty asks nothing, or answers nothing."""

    name = forms.CharField(label=gettext_lazy("What the rule is called"), max_length=60)
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories"), required=False, help_text=LIST_HINT, widget=forms.SelectMultiple({"size": 7})
    )
    conditions = CodesField(
        label=gettext_lazy("Certain conditions only"),
        required=False,
        help_text=gettext_lazy("Such as 0201-01 0301-02: category and condition."),
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Areas, with everything in them"),
        required=False,
        help_text=LIST_HINT,
        widget=forms.SelectMultiple({"size": 7}),
    )
    grids = CodesField(
        label=gettext_lazy("Certain grids"), required=False, help_text=gettext_lazy("Their codes of 18 digits.")
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Reported through"), required=False, widget=forms.CheckboxSelectMultiple
    )
    urgencies = forms.MultipleChoiceField(
        label=gettext_lazy("Urgency so far"),
        required=False,
        choices=Case.Urgency.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.ChoiceField(
        label=gettext_lazy("Time of day"),
        required=False,
        choices=[("", pgettext_lazy("hours", "at any time")), *Rule.Hours.choices],
    )
    hours_of = forms.ChoiceField(label=gettext_lazy("Whose office hours"), required=False)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        required=False,
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS, start=1)],
        widget=forms.CheckboxSelectMultiple,
    )
    season_from = SeasonField(label=gettext_lazy("Every year from"))
    season_until = SeasonField(label=gettext_lazy("Every year until"))
    words = forms.CharField(
        label=gettext_lazy("One of these words is said"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("A word or phrase on each line."),
        widget=forms.Textarea({"rows": 3}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level that answers"), required=False, choices=NOTHING + Level.choices)
    party = forms.ChoiceField(label=gettext_lazy("Lead"), required=False)
    urgency = forms.ChoiceField(
        label=gettext_lazy("Urgency from then on"), required=False, choices=NOTHING + Rule.Urgency.choices
    )
    sends_at_once = forms.BooleanField(label=gettext_lazy("Send it at once, without a person deciding"), required=False)
    begins_on = DayField(label=gettext_lazy("First day"), required=False)
    last_on = DayField(label=gettext_lazy("Last day"), required=False)

    def __init__(self, data: Any, *, rule: Rule, ground: Ground) -> None:
        super().__init__(data, initial=_initial(rule))
        self.rule = rule
        departments = department_choices(ground)
        self._offer("categories", kind_choices(ground.categories))
        self._offer("areas", area_choices(ground))
        self._offer("channels", door_choices(rule.channels))
        self._offer("hours_of", [("", _("those of the place")), *departments])
        kinds = [(f"office:{key}", name) for key, name in ground.kinds.items()]
        offices = [(f"department:{key}", name) for key, name in departments]
        people = [(f"role:{key}", name) for key, name in role_choices(ground)]
        parties = [(_("The office of the place"), kinds), (_("A certain office or team"), offices)]
        self._offer("party", [*NOTHING, *parties, (_("People of the place"), people)])

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_conditions(self) -> list[str]:
        wrong = [one for one in self.cleaned_data["conditions"] if not CATEGORY.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(_("“%(code)s” is no condition. Write 0201-01.") % {"code": wrong[0]})
        return list(self.cleaned_data["conditions"])

    def clean_grids(self) -> list[int]:
        try:
            return [codes.read(one) for one in self.cleaned_data["grids"]]
        except ValueError:
            raise forms.ValidationError(_("Write codes of areas with their 18 digits.")) from None

    def clean_words(self) -> list[str]:
        words = [one.strip() for one in self.cleaned_data["words"].splitlines() if one.strip()]
        if any(len(one) > LONGEST_WORD or "|" in one for one in words):
            raise forms.ValidationError(_("A word has at most 30 letters and no bar."))
        return list(dict.fromkeys(words))

    def made(self) -> Rule:
        """The rule as typed; its key and whether it is on stay."""
        data = self.cleaned_data
        kind, _separator, key = data["party"].partition(":")
        return Rule(
            key=self.rule.key,
            is_on=self.rule.is_on,
            name=data["name"],
            categories=[*data["categories"], *data["conditions"]],
            areas=list(dict.fromkeys([*map(int, data["areas"]), *data["grids"]])),
            channels=data["channels"],
            urgencies=data["urgencies"],
            hours=data["hours"],
            hours_of_id=int(data["hours_of"]) if data["hours_of"] else None,
            weekdays=sorted(map(int, data["weekdays"])),
            words=data["words"],
            level=data["level"],
            urgency=data["urgency"],
            office=key if kind == "office" else "",
            department_id=int(key) if kind == "department" else None,
            role=key if kind == "role" else "",
            ends_on=data["last_on"] + timedelta(days=1) if data["last_on"] else None,
            **{name: data[name] for name in ("begins_on", "season_from", "season_until", "sends_at_once")},
        )


def _initial(rule: Rule) -> dict[str, Any]:
    """A rule as its form shows it."""
    wide = [code for code in rule.areas if level_of(code).depth <= AreaLevel.COMMUNITY.depth]
    plain = ("name", "channels", "urgencies", "hours", "season_from", "season_until", "level", "urgency", "begins_on")
    return {name: getattr(rule, name) for name in plain} | {
        "categories": [one for one in rule.categories if "-" not in one],
        "conditions": [one for one in rule.categories if "-" in one],
        "areas": [codes.write(code) for code in wide],
        "grids": [codes.write(code) for code in rule.areas if code not in wide],
        "hours_of": str(rule.hours_of_id or ""),
        "weekdays": [str(day) for day in rule.weekdays],
        "words": "\n".join(rule.words),
        "party": rule.party,
        "sends_at_once": rule.sends_at_once,
        "last_on": rule.ends_on - timedelta(days=1) if rule.ends_on else None,
    }


class TryForm(forms.Form):
    """A case that might be."""

    category = forms.ChoiceField(label=gettext_lazy("Category"))
    condition = forms.CharField(
        label=gettext_lazy("Condition"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Its number, such as 02; empty: the first."),
    )
    area = forms.CharField(
        label=gettext_lazy("Place"), max_length=18, help_text=gettext_lazy("Code of a grid or community.")
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Filed at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Reported through"))
    words = forms.CharField(label=gettext_lazy("Words of the report"), required=False, max_length=600)

    def __init__(self, *args: Any, ground: Ground, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ground = ground
        self.fields["category"].choices = listed_categories  # type: ignore[attr-defined]
        self.fields["channel"].choices = door_choices(())  # type: ignore[attr-defined]

    def clean_area(self) -> int:
        try:
            return codes.read(self.cleaned_data["area"].strip())
        except ValueError:
            raise forms.ValidationError(_("Write the code of an area with its 18 digits.")) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        category = self.ground.categories.get(cleaned.get("category", ""))
        wanted = cleaned.get("condition") or ""
        conditions = list(category.conditions.all()) if category else []
        found = next((one for one in conditions if not wanted or one.number == wanted), None)
        if category is not None and found is None:
            self.add_error("condition", _("This category has no condition of that number."))
        cleaned["condition"] = found
        return cleaned

    def facts(self) -> CaseFacts:
        data = self.cleaned_data
        condition: Condition = data["condition"]
        at: datetime = data["at"] or clock.now()
        return CaseFacts(
            code=data["area"],
            category_code=data["category"],
            condition=condition.number,
            channel=data["channel"],
            urgency=Case.Urgency.EMERGENCY if condition.is_emergency else Case.Urgency.NORMAL,
            at=at,
            words=data["words"],
        )


class DayForm(forms.Form):
    day = DayField(label=gettext_lazy("Day"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the rules change"),
        max_length=200,
        help_text=gettext_lazy("Whoever looks back reads it."),
    )
