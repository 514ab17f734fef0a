"""Addresses of the counter, at the desk."""

from django.urls import path

from jingwei.counter.web import alarm, calls, ending, handing, scripts, tickets

app_name = "counter"
urlpatterns = [
    path("", calls.home, name="home"),
    path("begin/", calls.begin, name="begin"),
    path("<uuid:key>/", calls.call, name="call"),
    path("<uuid:key>/look-up/", calls.search, name="look-up"),
    path("<uuid:key>/park/", calls.park, name="park"),
    path("<uuid:key>/report/", ending.report, name="report"),
    path("<uuid:key>/alarm/", alarm.alarm, name="alarm"),
    path("<uuid:key>/answer/", ending.answer, name="answer"),
    path("<uuid:key>/follow/", ending.follow, name="follow"),
    path("<uuid:key>/drop/", ending.drop, name="drop"),
    path("<uuid:key>/hand/", handing.hand, name="hand"),
    path("<uuid:key>/keep/", handing.keep, name="keep"),
    path("<uuid:key>/take/", handing.take, name="take"),
    path("<uuid:key>/wrap/", ending.wrap, name="wrap"),
    path("scripts/", scripts.scripts, name="scripts"),
    path("scripts/new/", scripts.script, name="script-new"),
    path("scripts/<slug:kind>/", scripts.script, name="script"),
    path("scripts/<slug:kind>/editions/", scripts.editions, name="script-editions"),
    path("scripts/<slug:kind>/end/", scripts.end, name="script-end"),
    path("tickets/", tickets.choose, name="tickets"),
    path("tickets/<uuid:key>/", tickets.sheet, name="ticket-sheet"),
    path("tickets/<uuid:key>/begin/", tickets.begin, name="ticket-begin"),
]
