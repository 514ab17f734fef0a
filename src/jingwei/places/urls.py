"""Addresses where areas and boundaries are set up."""

from django.urls import path

from jingwei.places.web import coverage, uploads, versions

app_name = "places"
urlpatterns = [
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
