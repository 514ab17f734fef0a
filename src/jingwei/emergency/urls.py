"""Addresses of emergencies."""

from django.urls import path

from jingwei.emergency.web import desk, setup

app_name = "emergency"
urlpatterns = [
    path("desk/emergencies/", desk.incidents, name="incidents"),
    path("desk/emergencies/<str:number>/", desk.incident, name="incident"),
    path("desk/emergencies/<str:number>/answer/", desk.answer, name="answer"),
    path("desk/emergencies/<str:number>/steps/<int:step>/done/", desk.done, name="done"),
    path("desk/emergencies/<str:number>/steps/<int:step>/not-needed/", desk.not_needed, name="not-needed"),
    path("desk/emergencies/<str:number>/end/", desk.end, name="end"),
    path("desk/cases/<str:number>/alarm/", desk.alarm, name="alarm"),
    path("desk/duty/", setup.rosters, name="rosters"),
    path("desk/duty/<str:area>/", setup.roster, name="roster"),
    path("desk/duty/<str:area>/fill/", setup.fill, name="roster-fill"),
    path("desk/duty/<str:area>/<int:shift>/remove/", setup.remove, name="roster-remove"),
    path("desk/plans/", setup.plans, name="plans"),
    path("desk/plans/<str:kind>/", setup.plan, name="plan"),
    path("desk/plans/<str:kind>/restore/", setup.restore, name="plan-restore"),
]
