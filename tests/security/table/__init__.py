"""The whole table: a line, or more, for every address of the site. A file for each module that has addresses."""

from tests.security.route import Route
from tests.security.table import (
    administration,
    areas,
    attachments,
    calendars,
    cases,
    conversations,
    counter,
    coverage,
    entrance,
    machines,
    mediation,
    notices,
    portals,
    publication,
    repeats,
    routing,
    staff,
    webhooks,
)

ROUTES: tuple[Route, ...] = (
    *entrance.ROUTES,
    *portals.ROUTES,
    *cases.ROUTES,
    *administration.ROUTES,
    *areas.ROUTES,
    *coverage.ROUTES,
    *staff.ROUTES,
    *calendars.ROUTES,
    *machines.ROUTES,
    *webhooks.ROUTES,
    *publication.ROUTES,
    *notices.ROUTES,
    *conversations.ROUTES,
    *attachments.ROUTES,
    *routing.ROUTES,
    *counter.ROUTES,
    *mediation.ROUTES,
    *repeats.ROUTES,
)
