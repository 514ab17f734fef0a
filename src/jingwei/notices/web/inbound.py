"""Where the gateway hands over what people answer by text message."""

import json

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jingwei.kernel.public import Refused, environment
from jingwei.notices.answering import is_signed, take_answer
from jingwei.people.public import read_phone

NAMES = ("phone", "text", "id")


@csrf_exempt  # a machine posts here; the signature is what shows who asks
@require_POST
def text_message(request: HttpRequest) -> HttpResponse:
    """`{"phone", "text", "id"}`, signed. 401 unsigned, 422 for anything else than that, 409 for what is refused."""
    gateway, body = environment().sms_gateway, request.body
    if gateway is None or not gateway.inbound_key:
        raise Http404
    at, signature = (request.headers.get(name, "") for name in ("X-Timestamp", "X-Signature"))
    if not is_signed(body, at, signature, gateway.inbound_key):
        return JsonResponse({"why": "signature"}, status=401)
    try:
        said = json.loads(body)
        phone, text, own_id = (str(said[name]) for name in NAMES)
        phone = read_phone(phone)
    except (ValueError, KeyError, TypeError, ValidationError, Refused):
        return JsonResponse({"why": "phone, text and id"}, status=422)
    try:
        return JsonResponse({"taken": take_answer(phone, text, own_id)})
    except Refused as no:
        return JsonResponse({"why": no.message}, status=409)
