"""Addresses of mediation. It is worked on at the desk and in the field alike."""

from django.urls import path

from jingwei.mediation.web import file, lists, work

app_name = "mediation"
urlpatterns = [
    path("", lists.home, name="home"),
    path("figures/", lists.count, name="figures"),
    path("new/", lists.new, name="new"),
    path("<str:number>/", file.sheet, name="sheet"),
    path("<str:number>/take-on/", lists.take_on, name="take-on"),
    path("<str:number>/print/", file.printed, name="print"),
    path("<str:number>/mediators/", file.name, name="name"),
    path("<str:number>/mediators/<uuid:key>/release/", file.release, name="release"),
    path("<str:number>/parties/", file.add_party, name="party"),
    path("<str:number>/parties/<uuid:key>/drop/", file.drop_party, name="drop-party"),
    path("<str:number>/parties/<uuid:key>/signature/", file.sign, name="sign"),
    path("<str:number>/papers/", file.add_paper, name="add-paper"),
    path("<str:number>/papers/<uuid:key>/", file.paper, name="paper"),
    path("<str:number>/sessions/plan/", work.plan, name="plan"),
    path("<str:number>/sessions/", work.session, name="session"),
    path("<str:number>/sessions/<uuid:key>/", work.session, name="planned"),
    path("<str:number>/sessions/<uuid:key>/drop/", work.drop_session, name="drop-session"),
    path("<str:number>/agreement/", work.agreement, name="agreement"),
    path("<str:number>/visits/", work.plan_visit, name="plan-visit"),
    path("<str:number>/visits/<uuid:key>/", work.visit, name="visit"),
    path("<str:number>/visits/<uuid:key>/drop/", work.drop_visit, name="drop-visit"),
    path("<str:number>/end/", work.end, name="end"),
    path("<str:number>/escalate/", work.escalate, name="escalate"),
    path("<str:number>/resume/", work.resume, name="resume"),
]
