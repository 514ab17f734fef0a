from django.urls import path

from jingwei.ui import web

app_name = "ui"
urlpatterns = [path("display/", web.display, name="display")]
