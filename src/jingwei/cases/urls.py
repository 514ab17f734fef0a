"""Addresses of cases that no portal owns."""

from django.urls import path

from jingwei.cases.web import photos

app_name = "cases"
urlpatterns = [
    path("photos/<uuid:photo_id>/", photos.photo, name="photo"),
    path("photos/<uuid:photo_id>/small/", photos.photo, {"is_small": True}, name="small-photo"),
]
