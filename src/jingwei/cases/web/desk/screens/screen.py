"""What a move of the desk is as a screen, and the ways to make it from what a form gives."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from jingwei.cases import actions
from jingwei.cases.forms import MoveForm
from jingwei.cases.models import Case, Photo
from jingwei.people.public import Member

PLAIN = "cases/desk/moves/plain.html"


def plainly(action: Callable[..., Case]) -> Callable[[MoveForm, Member], Case]:
    """The action with what the form gives."""
    return lambda form, member: action(form.case, **form.given(), by=member)


def with_photos(action: Callable[..., Case], moment: Photo.Moment | None = None) -> Callable[[MoveForm, Member], Case]:
    """The action, after the photos were kept. A form that is stale keeps none: the action will refuse it."""

    def make(form: MoveForm, member: Member) -> Case:
        if form.cleaned_data["seen"] == form.case.version:
            for photo in form.cleaned_data.get("photos", []):
                actions.add_photo(form.case, photo.read(), moment=moment, by=member)
        return action(form.case, **form.given(), by=member)

    return make


@dataclass(frozen=True)
class Screen:
    """`make` makes the move; `verbs` are the moves that may come of it; `done` says so, with the number."""

    verb: str
    form: type[MoveForm]
    title: Promise
    said: Promise
    button: Promise
    done: Promise
    make: Callable[[MoveForm, Member], Case]
    template: str = PLAIN
    also: frozenset[str] = field(default_factory=frozenset)
    is_harsh: bool = False

    @property
    def verbs(self) -> frozenset[str]:
        return self.also | {self.verb}

    @property
    def has_files(self) -> bool:
        return "photos" in self.form.base_fields
