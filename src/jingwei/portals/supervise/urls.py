"""The portal of those who lead a street or district."""

from django.urls import path

from jingwei.portals.supervise import web

app_name = "supervise"
urlpatterns = [
    path("", web.home, name="home"),
    path("standings/", web.standings, name="standings"),
    path("me/", web.me, name="me"),
]
