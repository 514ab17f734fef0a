"""Addresses of whoever is asked first: in the field, at the desk, and the counts."""

from django.urls import path

from jingwei.counter.web import asked

app_name = "asked"
urlpatterns = [
    path("field/asked/", asked.home, {"is_field": True}, name="field"),
    path("field/asked/<uuid:key>/take-back/", asked.take_back, {"is_field": True}, name="field-take-back"),
    path("desk/asked/", asked.home, {"is_field": False}, name="home"),
    path("desk/asked/<uuid:key>/take-back/", asked.take_back, {"is_field": False}, name="take-back"),
    path("desk/asked/counts/", asked.overview, name="overview"),
]
