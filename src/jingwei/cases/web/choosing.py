"""Which places a report in writing may be about, and which of them is chosen so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from jingwei.cases.forms_report import WhereForm
from jingwei.cases.models import PendingReport
from jingwei.cases.spots import Spot, listed_areas, read_spot, spot_at, spots_named, spots_of, where_is
from jingwei.people.public import Member

KEPT, PHOTO, HERE = "kept", "photo", "here"


@dataclass
class Choice:
    """The places to choose from: those known, where the device is (`here`), and those found by words (`found`).

    `said` tells what a search or the device has not found.
    """

    form: WhereForm
    is_final: bool = False
    spots: list[Spot] = field(default_factory=list)
    found: list[Spot] = field(default_factory=list)
    here: Spot | None = None
    chosen: Spot | None = None
    said: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str] | None, row: PendingReport, member: Member | None) -> Self:
        """From the form as it was sent, or as it is shown first. Looking around is not final."""
        form = WhereForm(data, initial={"detail": row.detail})
        form.offer_areas(listed_areas())
        form.is_valid()
        choice = cls(form, is_final=data is not None and not ({"look", "find"} & data.keys()))
        choice._add(*_known(row, member))
        if data is None:
            choice.chosen = choice.spots[0] if choice.spots else None
        else:
            choice._follow()
        if choice.is_final and choice.chosen is None:
            form.add_error(None, _("Choose a place from the list, or look for its address."))
        return choice

    @property
    def detail(self) -> str:
        return str(self.form.cleaned_data.get("detail", ""))

    def _add(self, *spots: Spot) -> None:
        known = {one.key for one in self.spots}
        self.spots += [one for one in spots if one.key not in known]

    def _follow(self) -> None:
        """What the person has pointed at: the newest sign counts."""
        said, sent = self.form.cleaned_data, self.form.data
        at = said.get("at", "")
        if earlier := read_spot(at):
            self._add(earlier)
        if said.get("longitude") is not None and said.get("latitude") is not None:
            self._stand(said["longitude"], said["latitude"])
        if said.get("q") and not (self.is_final and at):
            self._search(said["q"])
        self.chosen = next((one for one in self.spots if one.key == at), None)
        if self.here and not sent.get("known_here"):
            self.chosen = self.here
        if self.found and said["q"] != sent.get("known_q"):
            self.chosen = self.found[0] if len(self.found) == 1 else None
        if listed := read_spot(said.get("area", "")):
            self._add(listed)
            self.chosen = listed

    def _stand(self, longitude: float, latitude: float) -> None:
        self.here = spot_at(HERE, longitude, latitude, _("Where you are"))
        if self.here is None:
            self.said = _("Where you are is outside our area. If the problem is here, look for its address.")
        else:
            self._add(self.here)

    def _search(self, text: str) -> None:
        self.found = spots_named(text)
        self._add(*self.found)
        if not self.found:
            self.said = _("Nothing is called “%(text)s” here. Try fewer words, or choose the grid.") % {"text": text}


def _known(row: PendingReport, member: Member | None) -> list[Spot]:
    """What is known before anybody points: chosen earlier, the photo's own place, the grid of the person."""
    spots = []
    if row.code is not None:
        note = where_is([row.code])[row.code]
        spots.append(
            Spot(KEPT, row.code, row.place, note if note != row.place else "", "", row.longitude, row.latitude)
        )
    placed = row.photos.exclude(longitude=None).order_by("pk").first()
    if placed is not None and placed.longitude is not None and placed.latitude is not None:
        spot = spot_at(PHOTO, placed.longitude, placed.latitude, _("Where the photo was taken"))
        spots += [spot] if spot else []
    return spots + (spots_of(member) if member else [])
