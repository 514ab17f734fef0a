"""Every address of the site. Each module keeps its own; only this file knows them all."""

from django.urls import include, path

urlpatterns = [
    path("", include("jingwei.people.urls")),
    path("", include("jingwei.portals.urls")),
]
