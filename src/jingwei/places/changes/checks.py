"""What may stand in the way of a change, when it is planned and again when it is to take effect."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.places import codes
from jingwei.places.codes import Level
from jingwei.places.models import PENDING, Area, AreaChange, ChangePart

Kind = AreaChange.Kind


def check_undisturbed(change: AreaChange, sources: Sequence[Area], above: Area) -> None:
    """Refused if another change that is still to come ends what this one needs, or needs what this one ends."""
    district = codes.span(codes.ancestor(above.code, Level.DISTRICT))
    others = AreaChange.objects.filter(state__in=PENDING, code__range=district).exclude(pk=change.pk)
    ours = [area.code for area in sources]
    ends, needs = ([], [*ours]) if change.kind == Kind.RENAME else (ours, [*ours, above.code])
    for other in others.prefetch_related("sources__area", "parts"):
        theirs = [source.area_id for source in other.sources.all()]
        is_name = other.kind == Kind.RENAME
        they_need = theirs if is_name else [*theirs, *(codes.parent(part.code) for part in other.parts.all())]
        if _reaches(ends, they_need) or _reaches([] if is_name else theirs, needs) or set(ours) & set(theirs):
            raise Refused(
                _("%(name)s is already to change on %(day)s. Wait until then, or undo that change.")
                % {"name": _named(other), "day": other.takes_effect_on}
            )


def _reaches(ended: Iterable[int], needed: Iterable[int | None]) -> bool:
    """Whether an area that ends is or holds one that is needed."""
    spans = [codes.span(code) for code in ended]
    return any(first <= code <= last for code in needed if code is not None for first, last in spans)


def _named(change: AreaChange) -> str:
    return _(", ").join(source.area.title for source in change.sources.all())


def check_neighbours(change: AreaChange, sources: Sequence[Area], above: Area, parts: Sequence[ChangePart]) -> None:
    """Refused if a part would be called like another area beside it."""
    beside = above.parent_id if change.kind == Kind.RENAME else above.code
    if beside is None:
        return
    living = Area.objects.filter(parent=beside, ends_on=None).exclude(pk__in=[area.code for area in sources])
    step = codes.level_of(beside).step
    planned = ChangePart.objects.filter(change__state__in=PENDING, code__gt=beside, code__lt=beside + step).exclude(
        change=change
    )
    names = set(living.values_list("name", flat=True)) | {
        part.name for part in planned if codes.parent(part.code) == beside
    }
    for part in parts:
        if part.name in names:
            raise Refused(
                _("There is already a %(name)s in %(parent)s. Choose another name.")
                % {"name": part.name, "parent": above.title}
            )
        names.add(part.name)
