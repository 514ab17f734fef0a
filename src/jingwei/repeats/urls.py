"""Addresses of this module: at the desk, and for whoever a limit concerns."""

from django.urls import path

from jingwei.repeats.web import desk, own

app_name = "repeats"
urlpatterns = [
    path("me/limits/", own.own, name="own"),
    path("me/limits/<uuid:key>/appeal/", own.appeal, name="appeal"),
    path("desk/repeats/", desk.home, name="home"),
    path("desk/repeats/rules/", desk.rules, name="rules"),
    path("desk/repeats/flags/<uuid:key>/go-on/", desk.go_on, name="go-on"),
    path("desk/repeats/flags/<uuid:key>/limit/", desk.limit, name="limit"),
    path("desk/repeats/limits/<uuid:key>/lift/", desk.lift, name="lift"),
    path("desk/repeats/limits/<uuid:key>/answer/", desk.answer, name="answer"),
]
