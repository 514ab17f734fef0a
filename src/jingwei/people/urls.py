"""The entrance."""

from django.urls import path

from jingwei.people.web import entrance

app_name = "people"
urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-in/phone/", entrance.phone, name="phone"),
    path("sign-in/phone/code/", entrance.code, name="code"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("language/", entrance.language, name="language"),
]
