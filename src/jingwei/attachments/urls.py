"""Uploads in pieces."""

from django.urls import path

from jingwei.attachments.web import uploads

app_name = "attachments"
urlpatterns = [
    path("uploads/", uploads.begin, name="begin"),
    path("uploads/<uuid:key>/", uploads.piece, name="piece"),
    path("uploads/<uuid:key>/small/", uploads.small, name="small"),
]
