"""Addresses of the desk, in the namespace of its portal."""

from django.urls import path, register_converter

from jingwei.cases.desk import Holder
from jingwei.cases.web import contact
from jingwei.cases.web.desk import cases, dates, groups, moves, queues, signals, suggestions, together


class HolderConverter:
    """A docket's holder, such as a990101001000000000 or d7."""

    regex = "[adm][0-9]{1,18}"

    def to_python(self, value: str) -> Holder:
        return Holder.read(value)

    def to_url(self, value: Holder) -> str:
        return str(value)


register_converter(HolderConverter, "holder")

urlpatterns = [
    path("cases/", cases.search, name="search"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/phone/", contact.from_desk, name="phone"),
    path("limits/", dates.limits, name="limits"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("signals/", signals.signals, name="signals"),
    path("signals/new/", signals.rule, name="signal-new"),
    path("signals/quiet/", signals.quiet, name="signal-quiet"),
    path("signals/<int:number>/", signals.rule, name="signal"),
    path("signals/<int:number>/remove/", signals.remove, name="signal-remove"),
    path("cases/<str:number>/dates/", dates.dates, name="dates"),
    path("cases/<str:number>/news/", cases.news, name="news"),
    path("cases/<str:number>/group/", groups.group, name="group"),
    path("cases/<str:number>/moves/<slug:verb>/", moves.move, name="move"),
    path("cases/<str:number>/moves/<slug:verb>/choice/", moves.choice, name="choice"),
    path("together/", together.choose, name="together"),
    path("together/<slug:verb>/", together.move, name="together-move"),
    path("<holder:holder>/<slug:key>/", queues.queue, name="queue"),
]
