"""Addresses of webhooks, at the desk."""

from django.urls import path

from jingwei.exchange.webhooks import web

app_name = "webhooks"
urlpatterns = [
    path("desk/webhooks/", web.subscriptions, name="list"),
    path("desk/webhooks/<int:key>/", web.one, name="one"),
    path("desk/webhooks/<int:key>/switch/", web.switch, name="switch"),
    path("desk/webhooks/<int:key>/trial/", web.trial, name="trial"),
    path("desk/webhooks/<int:key>/replay/", web.replay, name="replay"),
    path("desk/webhooks/<int:key>/secret/", web.renew, name="renew"),
    path("desk/webhooks/<int:key>/delete/", web.delete, name="delete"),
]
