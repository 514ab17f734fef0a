"""What Open311 says of a case: its public title, class, grid, status and times. Never the reporter's words or name."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from jingwei.cases.public import OPEN, Case, CaseStep, Status, current, last_moves, where_is
from jingwei.exchange.open311.answers import Several, moment
from jingwei.places.public import codes
from jingwei.publication.public import PublicCase, ReleasedPhoto

OUTCOMES: Mapping[str, Promise] = MappingProxyType(
    {
        "solved": pgettext_lazy("open311", "Closed: solved."),
        "explained": pgettext_lazy("open311", "Closed: explained to whoever reported it."),
        "referred": pgettext_lazy("open311", "Closed: passed on to who deals with such things."),
        "impossible": pgettext_lazy("open311", "Closed: not possible."),
    }
)
NOTES: Mapping[str, Promise] = MappingProxyType(
    {
        Status.REPORTED: pgettext_lazy("open311", "Received; somebody will look at it."),
        Status.FILED: pgettext_lazy("open311", "Checked and filed; it is being assigned."),
        Status.DISPATCHED: pgettext_lazy("open311", "Sent to the office that deals with it."),
        Status.IN_HAND: pgettext_lazy("open311", "In work."),
        Status.HANDLED: pgettext_lazy("open311", "The work is done and is being checked."),
        Status.REJECTED: pgettext_lazy("open311", "Not filed."),
        Status.MERGED: pgettext_lazy("open311", "Goes on with another report of the same."),
        Status.WITHDRAWN: pgettext_lazy("open311", "Withdrawn by whoever reported it."),
    }
)
STEPS: Mapping[str, Promise] = MappingProxyType(
    {
        "file": gettext_lazy("The report was checked and filed."),
        "reject": gettext_lazy("The report was not filed."),
        "withdraw": gettext_lazy("Whoever reported it has withdrawn it."),
        "merge": gettext_lazy("It goes on with another report of the same."),
        "dispatch": gettext_lazy("It was sent to the office that deals with it."),
        "whistle": gettext_lazy("It was sent to the office that deals with it."),
        "report_in": gettext_lazy("Work has begun."),
        "extend": gettext_lazy("It will take longer than promised."),
        "suspend": gettext_lazy("Work rests for a while."),
        "resume": gettext_lazy("Work goes on."),
        "handle": gettext_lazy("The work is done and is being checked."),
        "rework": gettext_lazy("The check found that something is left to do."),
        "solve": gettext_lazy("It was solved on the spot."),
        "check": gettext_lazy("It was closed."),
        "reopen": gettext_lazy("It was opened again."),
    }
)
"""Moves that are told as updates, each by a sentence. What offices settle between themselves is not."""


def status_of(status: str) -> str:
    """One of the two states of the standard."""
    return "open" if status in OPEN else "closed"


def told(cases: Sequence[Case | PublicCase], base: str) -> Several:
    """Requests as the standard lists them; `base` is the address of the site."""
    if not cases:
        return Several("request", [])
    keys = [case.pk for case in cases]
    moved, places, photos = last_moves(keys), where_is([case.code for case in cases]), _photos(keys, base)
    return Several(
        "request",
        [_request(case, places[case.code], moment(moved.get(case.pk)), photos.get(case.pk)) for case in cases],
    )


def _photos(case_ids: Collection[UUID], base: str) -> dict[UUID, str]:
    """Where the first photo of each case is that somebody has released."""
    rows = ReleasedPhoto.objects.filter(case_id__in=case_ids).order_by("-photo_id").values_list("case_id", "photo_id")
    return {case_id: base + reverse("public:photo", kwargs={"photo_id": photo_id}) for case_id, photo_id in rows}


def _request(case: Case | PublicCase, place: str, updated: str | None, photo: str | None) -> dict[str, Any]:
    category = current().get(case.category_code)
    return {
        "service_request_id": case.number,
        "status": status_of(case.status),
        "status_notes": str(OUTCOMES.get(case.outcome) or NOTES.get(case.status) or ""),
        "service_name": category.name if category else None,
        "service_code": case.category_code or None,
        "description": case.title or None,
        "agency_responsible": None,
        "service_notice": None,
        "requested_datetime": moment(case.reported_at),
        "updated_datetime": updated,
        "expected_datetime": moment(case.due_at),
        "address": place,
        "address_id": codes.write(case.code),
        "zipcode": None,
        "lat": case.latitude,
        "long": case.longitude,
        "media_url": photo,
    }


def told_updates(steps: list[CaseStep]) -> Several:
    """Updates as FixMyStreet reads them."""
    return Several("request_update", [_update(step) for step in steps])


def _update(step: CaseStep) -> dict[str, Any]:
    said = OUTCOMES.get(step.detail.get("outcome", "")) if step.verb == "check" else None
    return {
        "update_id": str(step.pk),
        "service_request_id": step.case.number,
        "status": status_of(step.after).upper(),
        "updated_datetime": moment(step.recorded_at),
        "description": str(said or STEPS[step.verb]),
    }
