"""Addresses of the counter, at the desk."""

from django.urls import path

from jingwei.counter.web import calls, ending

app_name = "counter"
urlpatterns = [
    path("", calls.home, name="home"),
    path("begin/", calls.begin, name="begin"),
    path("<uuid:key>/", calls.call, name="call"),
    path("<uuid:key>/look-up/", calls.search, name="look-up"),
    path("<uuid:key>/park/", calls.park, name="park"),
    path("<uuid:key>/report/", ending.report, name="report"),
    path("<uuid:key>/answer/", ending.answer, name="answer"),
    path("<uuid:key>/follow/", ending.follow, name="follow"),
    path("<uuid:key>/drop/", ending.drop, name="drop"),
    path("<uuid:key>/wrap/", ending.wrap, name="wrap"),
]
