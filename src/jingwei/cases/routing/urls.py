"""Addresses of the rules, at the desk."""

from django.urls import path

from jingwei.cases.routing.web import pages

app_name = "routing"
urlpatterns = [
    path("desk/routing/", pages.home, name="home"),
    path("desk/routing/rules/new/", pages.rule, name="new"),
    path("desk/routing/rules/<slug:key>/", pages.rule, name="rule"),
    path("desk/routing/rules/<slug:key>/<slug:deed>/", pages.change, name="change"),
    path("desk/routing/try/", pages.try_out, name="try"),
    path("desk/routing/replay/", pages.replay, name="replay"),
    path("desk/routing/publish/", pages.publish, name="publish"),
    path("desk/routing/discard/", pages.discard, name="discard"),
    path("desk/routing/editions/", pages.editions, name="editions"),
    path("desk/routing/editions/<int:number>/", pages.edition, name="edition"),
    path("desk/routing/editions/<int:number>/restore/", pages.restore, name="restore"),
]
