"""Zipped map files: what lies in them is looked at before any of it is unpacked, and counted while it is."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused

MOST_MEMBERS = 500
MOST_UNPACKED = 256 * 1024 * 1024
PIECE = 1024 * 1024
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


class Archive:
    """A zip file that holds one Shapefile, KML files or an Excel workbook. Refused if it is no zip, or too large."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError):
            raise self._broken() from None
        self._members = [one for one in self._zip.infolist() if not one.is_dir()]
        if len(self._members) > MOST_MEMBERS or sum(one.file_size for one in self._members) > MOST_UNPACKED:
            raise self._too_large()

    @property
    def is_workbook(self) -> bool:
        return any(one.filename == "xl/workbook.xml" for one in self._members)

    def unpack(self, folder: Path) -> list[Path]:
        """Put the map into `folder` under names of ours, and say which files to open."""
        shapefiles = self._ending(".shp")
        if len(shapefiles) > 1:
            raise Refused(_("%(file)s holds several Shapefiles. Zip each by itself.") % {"file": self.name})
        if shapefiles:
            return [self._shapefile(shapefiles[0], folder)]
        drawn = self._ending(".kml")
        if not drawn:
            raise Refused(
                _("%(file)s holds neither a Shapefile (.shp) nor a KML file. Zip .shp, .shx, .dbf and .prj together.")
                % {"file": self.name}
            )
        return [self._drawing(one, folder / f"map{number}.kml") for number, one in enumerate(drawn)]

    def _drawing(self, member: zipfile.ZipInfo, target: Path) -> Path:
        self._copy(member, target)
        if b"<!ENTITY" in (content := target.read_bytes()) or b"<!DOCTYPE" in content:
            raise Refused(_("%(file)s defines entities, which no map needs. Export it again.") % {"file": self.name})
        return target

    def _shapefile(self, main: zipfile.ZipInfo, folder: Path) -> Path:
        stem = str(PurePosixPath(main.filename).with_suffix("")).lower()
        for one in self._members:
            path = PurePosixPath(one.filename)
            if str(path.with_suffix("")).lower() == stem and path.suffix.lower() in PARTS:
                self._copy(one, folder / f"map{path.suffix.lower()}")
        if not (folder / "map.dbf").exists():
            raise Refused(
                _("%(file)s is a Shapefile without its attributes. Zip .shp, .shx, .dbf and .prj together.")
                % {"file": self.name}
            )
        return folder / "map.shp"

    def _ending(self, suffix: str) -> list[zipfile.ZipInfo]:
        """Members that end so; macOS puts shadows of its own beside them."""
        return [
            one
            for one in self._members
            if one.filename.lower().endswith(suffix) and not one.filename.startswith("__MACOSX/")
        ]

    def _copy(self, member: zipfile.ZipInfo, target: Path) -> None:
        """Unpack one member by pieces; what it says of its size is not believed."""
        done = 0
        try:
            with self._zip.open(member) as source, target.open("wb") as out:
                while piece := source.read(PIECE):
                    done += len(piece)
                    if done > MOST_UNPACKED:
                        raise self._too_large()
                    out.write(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            raise self._broken() from None

    def _too_large(self) -> Refused:
        return Refused(
            _("Unpacked, %(file)s is larger than %(most)d MB. Import it in parts.")
            % {"file": self.name, "most": MOST_UNPACKED // 2**20}
        )

    def _broken(self) -> Refused:
        return Refused(_("%(file)s is damaged or locked. Zip it again, without a password.") % {"file": self.name})
