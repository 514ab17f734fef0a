"""Addresses of the pages about who holds what, below `desk/`."""

from django.urls import path

from jingwei.people.web.staff import changes, departments, pages, sheets

urlpatterns = [
    path("desk/people/", pages.people, name="people"),
    path("desk/people/export/", pages.export, name="people-export"),
    path("desk/people/import/", sheets.choose, name="import-staff"),
    path("desk/people/import/template/", sheets.blank, name="staff-template"),
    path("desk/people/import/<uuid:key>/", sheets.sheet, name="staff-sheet"),
    path("desk/people/import/<uuid:key>/begin/", sheets.begin, name="begin-staff-sheet"),
    path("desk/departments/", departments.departments, name="departments"),
    path("desk/departments/new/", departments.new, name="new-department"),
    path("desk/departments/<int:key>/rename/", departments.rename, name="rename-department"),
    path("desk/departments/<int:key>/move/", departments.move, name="move-department"),
    path("desk/departments/<int:key>/close/", departments.close, name="close-department"),
    path("desk/people/arrange/", changes.arrange, name="arrange"),
    path("desk/people/postings/<int:key>/", changes.change, name="posting"),
    path("desk/people/postings/<int:key>/end/", changes.end, name="end-posting"),
    path("desk/people/<int:key>/hand-over/", changes.hand_over, name="hand-over"),
    path("desk/people/<int:key>/absence/", changes.absence, name="absence"),
    path("desk/people/absences/<int:key>/end/", changes.end_absence, name="end-absence"),
    path("desk/people/clashes/<int:first>/<int:second>/", changes.keep_clash, name="keep-clash"),
]
