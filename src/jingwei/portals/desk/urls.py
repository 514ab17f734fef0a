"""The addresses of the desk."""

from django.urls import path

from jingwei.cases.public import desk_pages
from jingwei.portals.desk import web

app_name = "desk"
urlpatterns = [
    path("", web.home, name="home"),
    *desk_pages,
]
