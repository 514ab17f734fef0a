"""Addresses of the configuration, at the desk."""

from django.urls import path

from jingwei.exchange.configuration import web

app_name = "configuration"
urlpatterns = [
    path("desk/configuration/", web.sets, name="sets"),
    path("desk/configuration/now.zip", web.download, name="now"),
    path("desk/configuration/<int:number>/", web.one_set, name="set"),
    path("desk/configuration/<int:number>/files.zip", web.download, name="files"),
    path("desk/configuration/<int:number>/adopt/", web.adopt, name="adopt"),
]
