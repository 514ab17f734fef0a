"""The pages of calendars, on the desk."""

from django.urls import path

from jingwei.calendars.web import announcing, offices

app_name = "calendars"
urlpatterns = [
    path("calendars/", offices.home, name="home"),
    path("calendars/announce/", announcing.announce, name="announce"),
    path("calendars/calculator/", offices.calculator, name="calculator"),
    path("calendars/<slug:key>/", offices.office, name="office"),
    path("calendars/<slug:key>/hours/", offices.hours, name="hours"),
    path("calendars/<slug:key>/days/", offices.days, name="days"),
    path("calendars/<slug:key>/days/<int:row>/", offices.withdraw, name="withdraw"),
]
