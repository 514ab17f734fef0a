"""Every address of the site. Each module keeps its own; only this file knows them all."""

from django.urls import include, path

from jingwei.config.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("jingwei.people.urls")),
    path("", include("jingwei.portals.urls")),
]
