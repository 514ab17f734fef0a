"""Addresses of what everybody may see."""

from django.urls import path

from jingwei.publication.web import case, data, site

app_name = "public"
urlpatterns = [
    path("c/", site.home, name="home"),
    path("c/<str:area>/", site.cases, name="cases"),
    path("c/<str:area>/map/", site.on_map, name="map"),
    path("c/<str:area>/figures/", data.figures, name="figures"),
    path("c/<str:area>/data/", data.data, name="data"),
    path("c/<str:area>/data/cases.<slug:kind>", data.file, name="file"),
    path("c/<str:area>/feed/", data.feed, name="feed"),
    path("public/photos/<uuid:photo_id>/", case.photo, name="photo"),
    path("public/<str:number>/", case.case, name="case"),
    path("public/<str:number>/wish/", case.wish, name="wish"),
]
