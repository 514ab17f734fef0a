"""Web push: a title and a path, sealed for one browser, by way of its push service (RFC 8030)."""

import json
from email.utils import parseaddr
from typing import NoReturn

from django.utils import translation
from django.utils.translation import gettext as _

from jingwei.kernel.public import NotTaken, clock, environment, post_to
from jingwei.notices.devices import end_device
from jingwei.notices.envelope import Dropped, Envelope
from jingwei.notices.models import PushDevice
from jingwei.notices.sealing import MOST_BYTES, introduction, public_key, seal

KEPT_SECONDS = 24 * 60 * 60
"""How long a push service keeps a message for a browser that is switched off."""
GONE = frozenset({"http_404", "http_410"})
LONGEST_TITLE = 200


def show_on_device(envelope: Envelope) -> None:
    """Dropped where the browser has ended it, or agreed to another key than the one we have now."""
    own, device = environment().push_key, envelope.device
    if not own:
        raise NotTaken("no_push_key")
    assert device is not None  # there is no address without one
    if device.server_key != public_key(own):
        _end(device, "other_key")
    now = clock.now()
    headers = {
        "Authorization": introduction(device.endpoint, own, _subject(), now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Topic": envelope.key.replace("-", ""),  # a second copy takes the place of the first
        "Urgency": "high" if envelope.is_urgent else "normal",
    }
    try:
        post_to(device.endpoint, content=seal(written(envelope), device.key, device.secret), headers=headers)
    except NotTaken as failure:
        if failure.problem in GONE:
            _end(device, "gone")
        raise
    PushDevice.objects.filter(pk=device.pk).update(used_at=now)


def written(envelope: Envelope) -> bytes:
    """What the browser reads (static/notices/push-worker.js)."""
    with translation.override(envelope.language):
        said = _("Open it in Jingwei")
    told = {
        "key": envelope.key,
        "title": envelope.said.title[:LONGEST_TITLE],
        "said": said,
        "path": envelope.said.url or "/",
        "language": envelope.language,
        "is_urgent": envelope.is_urgent,
    }
    message = json.dumps(told, ensure_ascii=False).encode()
    assert len(message) <= MOST_BYTES
    return message


def _end(device: PushDevice, problem: str) -> NoReturn:
    end_device(device.member, device.pk, by=None)
    raise Dropped(problem)


def _subject() -> str:
    """Where a push service finds us if something goes wrong."""
    here = environment()
    return f"mailto:{parseaddr(here.mail_from)[1]}" if here.mail_from else here.site_url
