"""Addresses of the pages that cases bring to the portals; each portal includes its own under its namespace."""

from django.urls import URLPattern, path

from jingwei.cases.web import contact, field, now, report, resident, sending

report_pages: list[URLPattern] = [
    path("report/", report.start, name="report"),
    path("report/guess/", report.guess, name="report-guess"),
    path("report/<uuid:key>/", report.what, name="report-what"),
    path("report/<uuid:key>/anew/", report.anew, name="report-anew"),
    path("report/<uuid:key>/photos/<uuid:photo_id>/", report.photo, name="report-photo"),
    path("report/<uuid:key>/where/", report.where, name="report-where"),
    path("report/<uuid:key>/send/", sending.send, name="report-send"),
]
resident_pages: list[URLPattern] = [
    *report_pages,
    path("report/<uuid:key>/done/", sending.done, name="report-done"),
    path("matters/", resident.matters, name="matters"),
    path("matters/<str:number>/", resident.case, name="case"),
    path("matters/<str:number>/news/", resident.news, name="news"),
    path("matters/<str:number>/confirm/", resident.confirm, name="confirm"),
    path("matters/<str:number>/rate/", resident.rate, name="rate"),
    path("matters/<str:number>/reopen/", resident.reopen, name="reopen"),
    path("matters/<str:number>/appeal/", resident.appeal, name="appeal"),
    path("matters/<str:number>/urge/", resident.urge, name="urge"),
    path("matters/<str:number>/withdraw/", resident.withdraw, name="withdraw"),
]
field_pages: list[URLPattern] = [
    path("report/now/", now.now, name="report-now"),
    *report_pages,
    path("cases/<str:number>/", field.case, name="case"),
    path("cases/<str:number>/phone/", contact.from_field, name="phone"),
    path("cases/<str:number>/news/", field.news, name="news"),
    path("cases/<str:number>/moves/<slug:verb>/", field.move, name="move"),
    path("cases/<str:number>/moves/<slug:verb>/choice/", field.choice, name="choice"),
]
