"""Addresses of the pages about who holds what, below `desk/`."""

from django.urls import path

from jingwei.people.web.staff import changes, departments, pages, records, sheets, teams

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
    path("desk/people/<int:key>/leave/", records.leave, name="leave"),
    path("desk/people/<int:key>/record/<slug:kind>/", records.add_record, name="add-record"),
    path("desk/people/record/<slug:kind>/<int:key>/remove/", records.remove_record, name="remove-record"),
    path("desk/teams/", teams.teams, name="teams"),
    path("desk/teams/new/", teams.new_team, name="new-team"),
    path("desk/teams/<int:key>/add/", teams.add_to_team, name="add-to-team"),
    path("desk/teams/<int:key>/take/<int:member>/", teams.take_from_team, name="take-from-team"),
    path("desk/teams/<int:key>/end/", teams.end_team, name="end-team"),
    path("me/teams/", teams.own_teams, name="own-teams"),
    path("me/teams/<int:key>/", teams.volunteer, name="volunteer"),
    path("desk/people/<int:key>/hand-over/", changes.hand_over, name="hand-over"),
    path("desk/people/<int:key>/absence/", changes.absence, name="absence"),
    path("desk/people/absences/<int:key>/end/", changes.end_absence, name="end-absence"),
    path("desk/people/clashes/<int:first>/<int:second>/", changes.keep_clash, name="keep-clash"),
]
