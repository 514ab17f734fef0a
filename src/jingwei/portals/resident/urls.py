"""The residents' portal, at the root."""

from django.urls import path

from jingwei.cases.public import resident_pages
from jingwei.emergency.public import button_pages
from jingwei.offline.public import resident_app_pages
from jingwei.portals.resident import web

app_name = "resident"
urlpatterns = [
    path("", web.home, name="home"),
    path("me/", web.me, name="me"),
    *resident_app_pages,
    *resident_pages,
    *button_pages,
]
