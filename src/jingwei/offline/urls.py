"""Addresses of the phones themselves; those of a portal's application are in `public.py`."""

from django.urls import path

from jingwei.offline.web import own

app_name = "offline"
urlpatterns = [
    path("me/phones/", own.phones, name="phones"),
    path("me/phones/<uuid:phone_id>/withdraw/", own.withdraw, name="withdraw"),
]
