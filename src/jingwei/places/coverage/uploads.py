"""Map files that come through the browser: looked at first, then taken into the draft."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, require
from jingwei.places.actions import Actor
from jingwei.places.coordinates import Datum
from jingwei.places.coverage.drafting import PERMIT, Act, draw_in_draft, number_of
from jingwei.places.coverage.loading import district_of
from jingwei.places.imports.boundaries import BoundaryReader, Columns, Drawn, sorted_out
from jingwei.places.imports.files import LARGEST, MapFile, read_map_file
from jingwei.places.imports.report import RemarkList, Tally
from jingwei.places.models import Area, BoundaryUpload, DraftStep

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """What would come of a file: how many rows met which fate, what is to be said of some, and what would be drawn."""

    file: MapFile
    columns: Columns
    tally: Tally
    remarks: RemarkList
    drawn: tuple[Drawn, ...]


@atomic
def keep_upload(area: Area, *, name: str, content: bytes, by: Actor, now: datetime | None = None) -> BoundaryUpload:
    """Keep a file for looking at. Refused if it is no map file; older ones of the same person go."""
    _require(area, by)
    if len(content) > LARGEST:
        raise Refused(
            _("%(file)s is larger than %(most)d MB. Import it in parts.") % {"file": name, "most": LARGEST // 2**20}
        )
    name = Path(name).name[:200]
    _read(content, name)
    person = number_of(by) or 0
    BoundaryUpload.objects.filter(by=person).delete()
    return BoundaryUpload.objects.create(
        code=district_of(area.code), name=name, content=content, by=person, at=now or clock.now()
    )


def columns_of(upload: BoundaryUpload) -> tuple[str, ...]:
    """What the columns of a file are called."""
    return _read(bytes(upload.content), upload.name).columns


def look_at(upload: BoundaryUpload, *, columns: Columns, datum: Datum | None) -> Look:
    """A dry run. Refused if the file as a whole is of no use so."""
    file = _read(bytes(upload.content), upload.name)
    tally = Tally()
    remarks = RemarkList(tally)
    reader = BoundaryReader(tally, remarks)
    drawn = reader.read(file, upload.name, columns=columns, datum=datum, within=upload.code)
    new, changed, same = sorted_out(drawn)
    tally.new, tally.changed, tally.unchanged = len(new), len(changed), len(same)
    shown = columns.or_else(Columns.guessed(file.columns))
    return Look(file, shown, tally, remarks, (*new, *changed))


@atomic
def adopt_upload(
    upload: BoundaryUpload, *, columns: Columns, datum: Datum | None, by: Actor, now: datetime | None = None
) -> DraftStep:
    """Take what can be taken of a file into the draft, as one step. The file goes."""
    district = Area.objects.get(pk=upload.code)
    _require(district, by)
    look = look_at(upload, columns=columns, datum=datum)
    if not look.drawn:
        raise Refused(_("Nothing in this file changes a boundary."))
    step = draw_in_draft(district, {one.area.code: one.outline for one in look.drawn}, act=Act.IMPORT, by=by, now=now)
    upload.delete()
    return step


def forget_uploads(now: datetime) -> int:
    """Delete files that nobody came back to. Gives their number."""
    count, _by_model = BoundaryUpload.objects.filter(at__lt=now - KEPT).delete()
    return count


def _require(area: Area, by: Actor) -> None:
    if by is not None:
        require(by, PERMIT, area)


def _read(content: bytes, name: str) -> MapFile:
    with NamedTemporaryFile(prefix="jingwei-map-") as file:
        file.write(content)
        file.flush()
        return read_map_file(Path(file.name), name)
