"""The entrance, and what members do with their own accounts."""

from django.urls import path

from jingwei.people.web import devices, entrance, reads

app_name = "people"
urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-in/phone/", entrance.phone, name="phone"),
    path("sign-in/phone/code/", entrance.code, name="code"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("language/", entrance.language, name="language"),
    path("me/reads/", reads.own_reads, name="reads"),
    path("desk/reads/", reads.audit, name="audit"),
    path("me/devices/", devices.own_devices, name="devices"),
    path("me/devices/end/", devices.end_session, name="end-session"),
    path("me/devices/end-others/", devices.end_other_sessions, name="end-other-sessions"),
]
