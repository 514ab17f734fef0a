"""The portal of those who work on the spot."""

from django.urls import path

from jingwei.cases.public import field_pages
from jingwei.emergency.public import button_pages
from jingwei.offline.public import field_app_pages
from jingwei.portals.field import web

app_name = "field"
urlpatterns = [
    path("", web.home, name="home"),
    path("me/", web.me, name="me"),
    *field_app_pages,
    *field_pages,
    *button_pages,
]
