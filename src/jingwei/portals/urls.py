"""Where a member begins. Each portal adds its own addresses."""

from django.urls import path

from jingwei.portals import web

app_name = "portals"
urlpatterns = [path("start/", web.start, name="start")]
