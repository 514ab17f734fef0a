"""The forms by which changes of areas are planned. Each plans its change; what is refused stands over it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.actions import LONGEST_NAME, Actor
from jingwei.places.changes.drawing import MARKS, border
from jingwei.places.changes.planning import (
    LONGEST_REASON,
    PartWanted,
    plan_merge,
    plan_move,
    plan_rename,
    plan_split,
)
from jingwei.places.changes.plans import outlines_of
from jingwei.places.changes.shaping import Inside, cut_area, inside, shape_parts
from jingwei.places.codes import Level
from jingwei.places.models import Area, AreaChange
from jingwei.places.outlines import Outline
from jingwei.places.queries import today

MOST_PARTS_SHOWN = 6
Choices = list[tuple[str, Any]]


def next_month(on: date) -> date:
    """Its first day: changes of areas usually begin with a month."""
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def _name(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=required)


class PlanForm(forms.Form):
    """What every change says: from which day, and why."""

    takes_effect_on = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: next_month(today()),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The decision or the document that it rests on."),
        max_length=LONGEST_REASON,
    )

    def __init__(self, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area

    def plan(self, by: Actor) -> AreaChange | None:
        """The change, planned; None if it is refused."""
        change: AreaChange | None = self._attempt(lambda: self._plan({"by": by, **self._always}))
        return change

    @property
    def _always(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("takes_effect_on", "reason")}

    def _attempt(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as no:
            self.add_error(None, no.message)
            return None

    def _plan(self, always: dict[str, Any]) -> AreaChange:
        raise NotImplementedError


class RenameForm(PlanForm):
    name = _name(gettext_lazy("New name"))
    name_en = _name(gettext_lazy("New name in English"), required=False)
    field_order = ["name", "name_en"]

    def _plan(self, always: dict[str, Any]) -> AreaChange:
        return plan_rename(self.area, name=self.cleaned_data["name"], name_en=self.cleaned_data["name_en"], **always)


class MoveForm(PlanForm):
    to = forms.ChoiceField(label=gettext_lazy("Belongs to"))
    name = _name(gettext_lazy("Name there"), required=False)
    field_order = ["to", "name"]

    def __init__(self, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(area, *args, **kwargs)
        level = codes.level_of(area.code).above
        district = codes.ancestor(area.code, Level.DISTRICT)
        targets = Area.objects.under(district).filter(level=level, ends_on=None).exclude(pk=area.parent_id)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(codes.write(one.code), _titled(one)) for one in targets.select_related("parent")]
        self.fields["name"].help_text = _("Leave it empty to keep the name.")

    def _plan(self, always: dict[str, Any]) -> AreaChange:
        to = Area.objects.get(pk=codes.read(self.cleaned_data["to"]))
        return plan_move(self.area, to, name=self.cleaned_data["name"], **always)


def _titled(area: Area) -> str:
    if area.parent is None:
        return area.title
    return _("%(name)s, %(parent)s") % {"name": area.title, "parent": area.parent.title}


class MergeForm(PlanForm):
    areas = forms.MultipleChoiceField(label=gettext_lazy("Merge with"), widget=forms.CheckboxSelectMultiple)
    name = _name(gettext_lazy("Name of the whole"))
    name_en = _name(gettext_lazy("Its name in English"), required=False)
    field_order = ["areas", "name", "name_en"]

    def __init__(self, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(area, *args, **kwargs)
        beside = Area.objects.filter(parent=area.parent_id, ends_on=None).exclude(pk=area.pk).order_by("code")
        field = self.fields["areas"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(codes.write(one.code), one.title) for one in beside]
        self.fields["name"].initial = area.name
        self.fields["name_en"].initial = area.name_en

    def _plan(self, always: dict[str, Any]) -> AreaChange:
        wanted = [codes.read(text) for text in self.cleaned_data["areas"]]
        areas = [self.area, *Area.objects.filter(pk__in=wanted).order_by("code")]
        return plan_merge(areas, name=self.cleaned_data["name"], name_en=self.cleaned_data["name_en"], **always)


class SplitForm(PlanForm):
    """Two parts or more: by a straight line between two points of the border, or by what goes to each."""

    LINE, CHOICE = "line", "choice"

    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            (CHOICE, pgettext_lazy("split", "Choose what goes to each part")),
            (LINE, pgettext_lazy("split", "Cut straight, between two points of the border")),
        ],
        widget=forms.RadioSelect,
        initial=CHOICE,
    )
    first = forms.IntegerField(label=gettext_lazy("From point"), min_value=1, max_value=MARKS, required=False)
    second = forms.IntegerField(label=gettext_lazy("To point"), min_value=1, max_value=MARKS, required=False)

    def __init__(self, area: Area, count: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(area, *args, **kwargs)
        self.count = count
        self.there: Inside = inside(area)
        self.outline: Outline | None = outlines_of([area]).get(area.code)
        parts: Choices = [(str(number), str(number + 1)) for number in range(count)]
        for number in range(count):
            self.fields[f"name_{number}"] = _name(_("Name of part %(n)d") % {"n": number + 1})
            self.fields[f"name_{number}"].initial = area.name if number == 0 else ""
            self.fields[f"name_en_{number}"] = _name(
                _("English name of part %(n)d") % {"n": number + 1}, required=False
            )
        for key, label in self._things():
            self.fields[key] = forms.ChoiceField(
                label=label, choices=parts, widget=forms.RadioSelect, initial="0", required=False
            )
        self.fields["rest"] = forms.ChoiceField(
            label=_("What has no place of its own falls to part"), choices=parts, initial="0"
        )
        if "look" in self.data:
            for field in self.fields.values():
                field.required = False
        if self.outline is None or count > 2:
            self.fields["how"].widget = forms.HiddenInput()

    def _things(self) -> list[tuple[str, str]]:
        children = [(f"a{child.code}", child.title) for child in self.there.children]
        free = [one for one in self.there.buildings if one.code == self.area.code]
        return children + [(f"b{one.pk}", one.name) for one in free]

    @property
    def names(self) -> list[Any]:
        return [self[f"name_{n}"] for n in range(self.count)] + [self[f"name_en_{n}"] for n in range(self.count)]

    @property
    def part_numbers(self) -> list[int]:
        return list(range(1, self.count + 1))

    @property
    def things(self) -> list[Any]:
        return [self[key] for key, _label in self._things()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("how") == self.LINE and not (data.get("first") and data.get("second")):
            self.add_error(None, _("Choose the two points of the border between which to cut."))
        return data

    def parts(self) -> list[PartWanted]:
        """What is wanted, as far as it is filled in rightly. Refused where a line does not cut."""
        data = self.cleaned_data
        names = [(data.get(f"name_{n}", ""), data.get(f"name_en_{n}", "")) for n in range(self.count)]
        if data.get("how") == self.LINE:
            points = border(self.outline) if self.outline is not None else []
            sides = cut_area(self.area, points[data["first"] - 1], points[data["second"] - 1])
            return [PartWanted(name=n, name_en=en, outline=side) for (n, en), side in zip(names, sides, strict=True)]
        chosen = [[key for key, _label in self._things() if data.get(key) == str(n)] for n in range(self.count)]
        return [
            PartWanted(
                name=name,
                name_en=name_en,
                areas=[int(key[1:]) for key in keys if key[0] == "a"],
                buildings=[UUID(key[1:]) for key in keys if key[0] == "b"],
            )
            for (name, name_en), keys in zip(names, chosen, strict=True)
        ]

    @property
    def rest(self) -> int:
        return int(self.cleaned_data.get("rest") or 0)

    def look(self) -> list[tuple[str, Outline]]:
        """The parts as they would be drawn; none where they cannot be, with the reason over the form."""

        def shapes() -> list[tuple[str, Outline]]:
            parts = self.parts()
            outlines = shape_parts(self.area, parts, self.rest)
            return [
                (part.name or str(number), shape)
                for number, (part, shape) in enumerate(zip(parts, outlines, strict=True), start=1)
                if shape is not None
            ]

        return self._attempt(shapes) or []

    def _plan(self, always: dict[str, Any]) -> AreaChange:
        return plan_split(self.area, self.parts(), rest=self.rest, **always)


FORMS: dict[str, type[PlanForm]] = {"merge": MergeForm, "move": MoveForm, "rename": RenameForm}
