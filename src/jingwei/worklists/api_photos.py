"""Photos of answers for other software: one more, and the picture itself."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from ninja import File
from ninja.files import UploadedFile

from jingwei.attachments.public import picture_bytes
from jingwei.cases.public import PICTURE_ANSWER, send_picture
from jingwei.people.public import KeyRequest
from jingwei.worklists import actions
from jingwei.worklists.api import TaskOut, found_task, items_at, router, tasks_out
from jingwei.worklists.models import Answer
from jingwei.worklists.privacy import note_task


@router.post("/work-tasks/{uuid:task}/answers/{int:place}/photo", response=TaskOut)
def add_work_photo(request: KeyRequest, task: UUID, place: int, photo: File[UploadedFile]) -> dict[str, Any]:
    """Add a picture to the answer at `place`, in place of the one that is there. All metadata in it is dropped.

    Words stay as they are. An item that asks for a photo is answered by this alone.
    """
    row = found_task(request.auth, task)
    (item,) = items_at(row, [place])
    given = actions.Given(text=None, photo=picture_bytes(photo))
    return tasks_out([actions.keep_answers(row, {item: given}, by=request.auth)])[0]


@router.get("/work-tasks/{uuid:task}/answers/{int:place}/photo", openapi_extra=PICTURE_ANSWER)
def work_photo(request: KeyRequest, task: UUID, place: int) -> FileResponse:
    """The picture of an answer. That it was read is noted."""
    row = found_task(request.auth, task)
    answer = Answer.objects.exclude(file="").get(task=row, item__place=place)
    note_task(row, by=request.auth)
    return send_picture(answer.file, is_final=False)
