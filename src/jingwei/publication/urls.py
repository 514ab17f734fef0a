"""Addresses of what everybody may see."""

from django.urls import path

from jingwei.publication.web import case, site

app_name = "public"
urlpatterns = [
    path("c/", site.home, name="home"),
    path("c/<str:area>/", site.cases, name="cases"),
    path("c/<str:area>/map/", site.on_map, name="map"),
    path("public/photos/<uuid:photo_id>/", case.photo, name="photo"),
    path("public/<str:number>/", case.case, name="case"),
    path("public/<str:number>/wish/", case.wish, name="wish"),
]
