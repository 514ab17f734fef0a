"""The forms of whoever arranges postings. They read what was decided, as arguments of actions; they write nothing.

People and places are typed, by name or number, so that a form costs the same in a street and in a whole city.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingwei.people.models import Absence, Department, Member
from jingwei.people.roles import ROLES, Seat
from jingwei.people.work import OpenWork
from jingwei.places.public import Area, codes

MOST_NAMED = 5
SEVERAL = gettext_lazy("Several are called so: %(found)s. Write the user name or the number instead.")


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}), **options)


class MemberField(forms.CharField):
    """Somebody on the staff, by user name or by their whole name."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        staff = Member.objects.filter(kind=Member.Kind.STAFF, is_active=True)
        found = list(staff.filter(username=text) or staff.filter(name=text).order_by("pk")[: MOST_NAMED + 1])
        if not found:
            raise ValidationError(_("Nobody on the staff is called so. Write the user name or the whole name."))
        if len(found) > 1:
            named = _(", ").join(f"{one.name} {one.username}" for one in found[:MOST_NAMED])
            raise ValidationError(SEVERAL % {"found": named})
        return found[0]


class PlaceField(forms.CharField):
    """An area by its number or name, or an office by name, within `spans`. Gives an Area or a Department."""

    spans: Sequence[tuple[int, int]] = ()

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found: list[Area | Department] = [*self._areas(text), *self._offices(text)]
        if not found:
            raise ValidationError(_("No area or office of yours is called so. Write its whole name or its number."))
        if len(found) > 1:
            named = _(", ").join(_named(one) for one in found[:MOST_NAMED])
            raise ValidationError(SEVERAL % {"found": named})
        return found[0]

    def _areas(self, text: str) -> Iterable[Area]:
        within = Q()
        for span in self.spans:
            within |= Q(code__range=span)
        areas = Area.objects.current().filter(within)
        if text.isascii() and text.isdigit():
            try:
                return areas.filter(code=codes.read(text))
            except ValueError:
                return ()
        return areas.filter(Q(name=text) | Q(name_en__iexact=text)).order_by("code")[: MOST_NAMED + 1]

    def _offices(self, text: str) -> Iterable[Department]:
        named = Department.objects.within(self.spans).filter(Q(name=text) | Q(name_en__iexact=text))
        return named.order_by("pk")[: MOST_NAMED + 1]


def _named(one: Area | Department) -> str:
    return f"{one.title} {codes.write(one.code)}" if isinstance(one, Area) else one.title


def read_categories(text: str) -> list[str]:
    """Codes between spaces or commas."""
    return text.replace("，", " ").replace(",", " ").replace("、", " ").split()


class CategoriesField(forms.CharField):
    def clean(self, value: Any) -> Any:
        return read_categories(str(super().clean(value) or ""))


CATEGORIES = gettext_lazy("Codes of categories or classes, such as 0101 or 02. Empty: all.")


class ArrangeForm(forms.Form):
    """Give somebody a posting."""

    member = MemberField(label=gettext_lazy("Who"), max_length=60, help_text=gettext_lazy("User name or whole name"))
    role = forms.ChoiceField(label=gettext_lazy("Posting"))
    place = PlaceField(
        label=gettext_lazy("Area or office"), max_length=100, help_text=gettext_lazy("Whole name, or the area's number")
    )
    office = PlaceField(
        label=gettext_lazy("Office of a professional"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Only for postings that have both an area and an office"),
    )
    categories = CategoriesField(label=gettext_lazy("Categories"), max_length=200, required=False, help_text=CATEGORIES)
    begins_on = day_field(gettext_lazy("From"))
    ends_on = day_field(
        gettext_lazy("Until before"), required=False, help_text=gettext_lazy("Empty: until further notice")
    )

    def __init__(self, *args: Any, spans: Sequence[tuple[int, int]], with_apart: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = [role for role in ROLES.values() if with_apart or not role.is_apart]
        self.fields["role"].choices = [("", "–"), *((role.key, role.title) for role in roles)]  # type: ignore[attr-defined]
        for name in ("place", "office"):
            self.fields[name].spans = spans  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        place, office, role = cleaned.get("place"), cleaned.get("office"), ROLES.get(cleaned.get("role", ""))
        if isinstance(place, Department):
            if role is not None and role.seat is not Seat.DEPARTMENT:
                self.add_error("place", _("This posting is held at an area: write the area here."))
            office = place
        if office is not None and not isinstance(office, Department):
            self.add_error("office", _("This is an area. Write an office here."))
        cleaned["code"] = place.code if isinstance(place, Area) else None
        cleaned["department"] = office if isinstance(office, Department) else None
        return cleaned

    def given(self) -> dict[str, Any]:
        names = ("role", "code", "department", "categories", "begins_on", "ends_on")
        return {name: self.cleaned_data[name] for name in names}


class PostingForm(forms.Form):
    """Other categories, or another last day."""

    categories = CategoriesField(label=gettext_lazy("Categories"), max_length=200, required=False, help_text=CATEGORIES)
    ends_on = day_field(
        gettext_lazy("Until before"), required=False, help_text=gettext_lazy("Empty: until further notice")
    )


class AbsenceForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Absence.Kind.choices, widget=forms.RadioSelect, initial=Absence.Kind.LEAVE
    )
    begins_on = day_field(gettext_lazy("First day away"))
    ends_on = day_field(gettext_lazy("Back on"))
    delegate = MemberField(
        label=gettext_lazy("Who stands in"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("User name or whole name. Empty: nobody; the duties rest"),
    )


class HandOverForm(forms.Form):
    """Who takes what: one for all, or one for each piece; "" leaves a piece where it is."""

    everything = forms.ChoiceField(label=gettext_lazy("All to"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("It stands in the history of each piece."),
    )
    field_order = ("words", "everything")

    def __init__(
        self, *args: Any, work: Sequence[OpenWork], takers: dict[str, Sequence[Member]], member: Member, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.work = work
        self.takers = {key: [one for one in found if one.pk != member.pk] for key, found in takers.items()}
        everyone = {one.pk: one for found in self.takers.values() for one in found}
        self.members = everyone
        self.fields["everything"].choices = [("", _("each as chosen below")), *_choices(everyone.values())]  # type: ignore[attr-defined]
        for one in work:
            choices = [("", _("stays for now")), *_choices(self.takers[one.id])]
            self.fields[one.id] = forms.ChoiceField(label=one.title, required=False, choices=choices)

    @property
    def rows(self) -> list[tuple[OpenWork, forms.BoundField]]:
        return [(one, self[one.id]) for one in self.work]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.given() and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say why: those who take it over read it."))
        return cleaned

    def given(self) -> dict[str, Member]:
        """To whom, by the id of each piece. What the one for all may not take goes as chosen below."""
        everything = self.cleaned_data.get("everything", "")
        chosen: dict[str, Member] = {}
        for one in self.work:
            may_take = {str(taker.pk): taker for taker in self.takers[one.id]}
            taker = may_take.get(everything) or may_take.get(self.cleaned_data.get(one.id, ""))
            if taker is not None:
                chosen[one.id] = taker
        return chosen


def _choices(members: Iterable[Member]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in members]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why both stay"), max_length=200, widget=forms.Textarea({"rows": 2}))


class EndForm(forms.Form):
    ends_on = day_field(gettext_lazy("First day without it"))
