"""Addresses of the pages where areas and boundaries are set up."""

from django.urls import path, register_converter

from jingwei.places import codes
from jingwei.places.web import areas, changes, coverage, planning, uploads, versions


class AreaCodeConverter:
    """The 18 digits of an area."""

    regex = "[1-9][0-9]{17}"

    def to_python(self, value: str) -> int:
        return codes.read(value)

    def to_url(self, value: int) -> str:
        return codes.write(int(value))


class KindConverter:
    """A change that one form plans."""

    regex = "merge|move|rename"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class DecisionConverter(KindConverter):
    """What is decided about a change."""

    regex = "approve|undo"


register_converter(AreaCodeConverter, "area")
register_converter(KindConverter, "change_kind")
register_converter(DecisionConverter, "decision")

app_name = "places"
urlpatterns = [
    path("desk/areas/", areas.home, name="areas"),
    path("desk/areas/changes/", changes.changes, name="changes"),
    path("desk/areas/changes/<uuid:key>/", changes.change, name="change"),
    path("desk/areas/changes/<uuid:key>/<decision:verb>/", changes.decide, name="decide"),
    path("desk/areas/changes/<uuid:key>/holds/<slug:name>/", changes.holding, name="holding"),
    path("desk/areas/<area:code>/", areas.area, name="area"),
    path("desk/areas/<area:code>/split/", planning.split, name="split"),
    path("desk/areas/<area:code>/<change_kind:kind>/", planning.plan, name="plan"),
    path("desk/coverage/", coverage.home, name="coverage"),
    path("desk/coverage/<int:code>/", coverage.area, name="coverage-area"),
    path("desk/coverage/<int:code>/adopt/", coverage.adopt, name="coverage-adopt"),
    path("desk/coverage/<int:code>/undo/", coverage.undo, name="coverage-undo"),
    path("desk/coverage/<int:code>/discard/", coverage.discard, name="coverage-discard"),
    path("desk/coverage/<int:code>/publish/", coverage.publish, name="coverage-publish"),
    path("desk/coverage/<int:code>/export/", coverage.export, name="coverage-export"),
    path("desk/coverage/<int:code>/limits/", coverage.limits, name="coverage-limits"),
    path("desk/coverage/<int:code>/import/", uploads.upload, name="coverage-import"),
    path("desk/coverage/<int:code>/import/<uuid:upload_id>/", uploads.look, name="coverage-look"),
    path("desk/coverage/<int:code>/versions/", versions.versions, name="coverage-versions"),
    path("desk/coverage/<int:code>/versions/<uuid:draft_id>/", versions.restore, name="coverage-restore"),
]
