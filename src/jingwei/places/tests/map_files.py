"""Writes grids into map files of every format, as surveyors and map programs do."""

import csv
import zipfile

import numpy as np
import pyogrio
import shapely
import xlsxwriter
from pyogrio import raw

from jingwei.places import codes

GDAL = {"shp": "ESRI Shapefile", "gpkg": "GPKG", "kml": "KML", "geojson": "GeoJSON"}


def write(path, grids, *, system="EPSG:4490", encoding=None, move=None, **columns):
    """A file of `grids` (pairs of area and shape) whose suffix says the format, and its path.

    `columns`: other values by column, instead of name and code.
    """
    shapes = np.array([shape for _area, shape in grids], dtype=object)
    if move:
        shapes = shapely.transform(shapes, move)
    values = columns or {
        "code": [codes.write(area.code) for area, _shape in grids],
        "name": [area.name for area, _shape in grids],
    }
    match path.suffix:
        case ".csv":
            _write_csv(path, shapes, values, encoding or "utf-8")
        case ".xlsx":
            _write_workbook(path, shapes, values)
        case ".zip":
            _write_zip(path, shapes, values, system, encoding)
        case ".kmz":
            drawn = write(path.with_suffix(".kml"), grids, move=move, **columns)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(drawn, "doc.kml")
        case suffix:
            _write_gdal(path, GDAL[suffix[1:]], shapes, values, system, encoding)
    return path


def _write_gdal(path, driver, shapes, values, system, encoding):
    raw.write(
        path,
        shapely.to_wkb(shapes),
        [np.array(column, dtype=object) for column in values.values()],
        list(values),
        crs="EPSG:4326" if driver == "KML" else system,
        geometry_type="Polygon",
        driver=driver,
        **({"encoding": encoding} if encoding else {}),
    )
    assert pyogrio.read_info(path)["features"] == len(shapes)


def _write_zip(path, shapes, values, system, encoding):
    folder = path.with_suffix("")
    folder.mkdir()
    _write_gdal(folder / "网格.shp", "ESRI Shapefile", shapes, values, system, encoding)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"数据/{part.name}")


def _write_csv(path, shapes, values, encoding):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*values, "wkt"])
        writer.writerows(zip(*values.values(), shapely.to_wkt(shapes, rounding_precision=-1), strict=True))


def _write_workbook(path, shapes, values):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*values, "边界"])
        for row, cells in enumerate(zip(*values.values(), shapely.to_wkt(shapes), strict=True), start=1):
            sheet.write_row(row, 0, cells)
