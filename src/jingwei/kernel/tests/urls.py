"""Pages that say what reached them."""

from hashlib import sha256
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

WORDS = ("PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "CONTENT_TYPE", "CONTENT_LENGTH", "wsgi.url_scheme")


@csrf_exempt
def echo(request: HttpRequest, rest: str) -> HttpResponse:
    said = {key: request.META.get(key) for key in WORDS}
    headers = {key: value for key, value in request.META.items() if key.startswith("HTTP_")}
    answer = JsonResponse(said | headers | {"body": sha256(request.body).hexdigest(), "path": request.path})
    answer.set_cookie("first", "1")
    answer.set_cookie("second", "2")
    return answer


def source(request: HttpRequest) -> FileResponse:
    return FileResponse(Path(__file__).open("rb"))


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [path("source", source), path("broken", broken), path("echo/<path:rest>", echo, name="echo")]
