from django.urls import path

from jingwei.ui import web

app_name = "ui"
urlpatterns = [
    path("ui/", web.catalogue, name="catalogue"),
    path("display/", web.display, name="display"),
    path("policy-reports/", web.policy_reports, name="policy-reports"),
]
