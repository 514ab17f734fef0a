"""Every address of the site. Each module keeps its own; only this file knows them all."""

from django.urls import include, path

from jingwei.config.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("jingwei.ui.urls")),
    path("", include("jingwei.people.urls")),
    path("", include("jingwei.places.urls")),
    path("", include("jingwei.notices.urls")),
    path("", include("jingwei.cases.urls")),
    path("", include("jingwei.cases.routing.urls")),
    path("", include("jingwei.attachments.urls")),
    path("", include("jingwei.offline.urls")),
    path("", include("jingwei.conversations.urls")),
    path("", include("jingwei.publication.urls")),
    path("desk/", include("jingwei.publication.desk_urls")),
    path("desk/counter/", include("jingwei.counter.urls")),
    path("", include("jingwei.counter.asked_urls")),
    path("desk/mediation/", include("jingwei.mediation.urls")),
    path("", include("jingwei.repeats.urls")),
    path("", include("jingwei.emergency.urls")),
    path("", include("jingwei.worklists.urls")),
    path("", include("jingwei.exchange.configuration.urls")),
    path("", include("jingwei.exchange.webhooks.urls")),
    path("open311/", include("jingwei.exchange.open311.urls")),
    path("", include("jingwei.portals.urls")),
    path("desk/", include("jingwei.calendars.urls")),
    path("desk/", include("jingwei.portals.desk.urls")),
    path("field/", include("jingwei.portals.field.urls")),
    path("supervise/", include("jingwei.portals.supervise.urls")),
    path("", include("jingwei.portals.resident.urls")),
]

handler400 = "jingwei.ui.errors.bad_request"
handler403 = "jingwei.ui.errors.not_permitted"
handler404 = "jingwei.ui.errors.not_found"
handler500 = "jingwei.ui.errors.server_error"
