"""What everybody sees of a case, for other software: hide it or show it again, release photos or take them back.

Thin: each operation calls one action. For keys with the duty to file at the place; its photos for those that also see
cases there.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import ConfigDict, StringConstraints

from jingwei.cases.public import Case
from jingwei.kernel.public import STORABLE
from jingwei.people.public import KeyRequest
from jingwei.publication.actions import hide_case, release_photo, show_case, withdraw_photo
from jingwei.publication.deciding import decided, decided_photo, publicity_of

router = Router(tags=["publicity"])
Reason = Annotated[str, StringConstraints(max_length=20, pattern=STORABLE)]


class PublicityIn(Schema):
    """Hidden from everybody, because of a person, safety, an inquiry or a wrong title (`wrong`); or shown again."""

    model_config = ConfigDict(extra="forbid")

    is_hidden: bool
    because: Reason = ""


class ReleaseIn(Schema):
    """Whether everybody may see the photo. Released is only what shows no person, number plate, door or screen."""

    model_config = ConfigDict(extra="forbid")

    is_released: bool


class PublicPhotoOut(Schema):
    id: UUID
    moment: str
    is_released: bool


class PublicityOut(Schema):
    """`state`: shown, hidden (`because` says why), or private: not filed yet, of a private class, merged or withdrawn.
    `title` is what everybody reads, `supporters` how many said that it concerns them too.
    """

    number: str
    state: Literal["shown", "hidden", "private"]
    because: str
    title: str
    supporters: int
    photos: list[PublicPhotoOut]


@router.get("/cases/{number}/publicity", response=PublicityOut)
def publicity(request: KeyRequest, number: str) -> dict[str, Any]:
    """What everybody sees of the case, and which of its photos."""
    return _told(decided(number, request.auth))


@router.post("/cases/{number}/publicity", response=PublicityOut)
def set_publicity(request: KeyRequest, number: str, said: PublicityIn) -> dict[str, Any]:
    """Hide the case from everybody, or let everybody see it again."""
    case = decided(number, request.auth)
    if said.is_hidden:
        hide_case(case, because=said.because, by=request.auth)
    else:
        show_case(case, by=request.auth)
    return _told(case)


@router.post("/cases/{number}/publicity/photos/{uuid:photo}", response=PublicityOut)
def release(request: KeyRequest, number: str, photo: UUID, said: ReleaseIn) -> dict[str, Any]:
    """Let everybody see a photo, or take it back."""
    found = decided_photo(number, photo, request.auth)
    decide = release_photo if said.is_released else withdraw_photo
    decide(found, by=request.auth)
    return _told(found.case)


def _told(case: Case) -> dict[str, Any]:
    known = publicity_of(case)
    row = known.row
    is_hidden = row is not None and row.hidden_at is not None
    return {
        "number": case.number,
        "state": "hidden" if is_hidden else "shown" if row and row.is_shown else "private",
        "because": row.hidden_because if row else "",
        "title": row.title if row else "",
        "supporters": row.supporters if row else 0,
        "photos": [
            {"id": photo.pk, "moment": photo.moment, "is_released": is_released} for photo, is_released in known.photos
        ],
    }
