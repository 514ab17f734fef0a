"""Addresses of work lists: the desk's, and those of the field."""

from django.urls import path

from jingwei.worklists.web import answers, desk, field, sorting

app_name = "worklists"
urlpatterns = [
    path("desk/work-lists/", desk.home, name="home"),
    path("desk/work-lists/new/", desk.new, name="new"),
    path("desk/work-lists/grids/<uuid:key>/", sorting.result, name="result"),
    path("desk/work-lists/grids/<uuid:key>/accept/", sorting.accept, name="accept"),
    path("desk/work-lists/grids/<uuid:key>/send-back/", sorting.send_back, name="send-back"),
    path("desk/work-lists/grids/<uuid:key>/strike-off/", sorting.strike_off, name="strike-off"),
    path("desk/work-lists/grids/<uuid:key>/return/", sorting.return_, name="return"),
    path("desk/work-lists/grids/<uuid:key>/<uuid:answer>/photo/", answers.photo, name="photo"),
    path("desk/work-lists/grids/<uuid:key>/<uuid:answer>/case/", answers.raise_case, name="raise"),
    path("desk/work-lists/<str:number>/", desk.sheet, name="sheet"),
    path("desk/work-lists/<str:number>/withdraw/", desk.withdraw, name="withdraw"),
    path("desk/work-lists/<str:number>/results.csv", desk.export, name="export"),
    path("field/work-lists/", field.mine, name="mine"),
    path("field/work-lists/<uuid:key>/", field.task, name="task"),
]
