"""A kept file on its way out, whole or a stretch of it: players of sound and film ask for stretches."""

import re
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

from jingwei.attachments.kinds import Format, Kind

FOR_A_WEEK = "private, max-age=604800, immutable"
STRETCH = re.compile(r"bytes=(\d*)-(\d*)")
LONGEST = 4 * 1024 * 1024
"""Bytes at a time: a player asks for the next stretch by itself."""


def send_file(request: HttpRequest, name: str, known: Format, *, called: str) -> HttpResponseBase:
    """A file of a known format. What browsers do not play is offered for saving, under the name `called`."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    asked = STRETCH.fullmatch(request.headers.get("Range", "")) if known.kind is not Kind.PHOTO else None
    response: HttpResponseBase
    if asked and any(asked.groups()):
        with file:
            response = _stretch(file, asked[1], asked[2], known)
    else:
        response = FileResponse(file, content_type=known.content_type)
    if known.kind is not Kind.PHOTO:
        response["Accept-Ranges"] = "bytes"
    how = "inline" if known.plays else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{called}.{known.suffix}"'
    response["Cache-Control"] = FOR_A_WEEK
    return response


def _stretch(file: "File[Any]", first: str, last: str, known: Format) -> HttpResponse:
    size = file.size
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end or begin >= size:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    end = min(end, begin + LONGEST - 1)
    file.seek(begin)
    response = HttpResponse(file.read(end - begin + 1), status=206, content_type=known.content_type)
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return response
