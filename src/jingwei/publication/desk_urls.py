"""Addresses of the desk at which publicity is decided."""

from django.urls import path

from jingwei.publication.web import desk

app_name = "publication"
urlpatterns = [
    path("cases/<str:number>/public/", desk.publicity, name="desk"),
    path("cases/<str:number>/public/hide/", desk.hide, name="hide"),
    path("cases/<str:number>/public/show/", desk.show, name="show"),
    path("cases/<str:number>/public/photos/<uuid:photo_id>/release/", desk.release, name="release"),
    path("cases/<str:number>/public/photos/<uuid:photo_id>/withdraw/", desk.withdraw, name="withdraw"),
]
