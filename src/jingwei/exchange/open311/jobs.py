"""Photos that a request names by an address: fetched by the worker, through the door for calls to other systems."""

from uuid import UUID

import httpx
import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.cases.public import Case, add_photo
from jingwei.kernel.public import NotPermitted, Reach, Refused, open_client, opened
from jingwei.people.public import load_member

A_FEW_TIMES = RetryStrategy(max_attempts=5, exponential_wait=5, retry_exceptions={httpx.HTTPError})
log = structlog.get_logger(__name__)


@app.task(name="open311.fetch_photo", queue="default", retry=A_FEW_TIMES)
def fetch_photo(case_id: str, address: str, sender_id: int) -> None:
    """Fetch one photo and add it in the name of the software that sent the request.

    An address that may not be called, or shows no photo, is left; one that does not answer is asked again.
    """
    with open_client() as client:
        answer = client.get(address)
    if not answer.is_success:
        log.info("open311_photo_left", status=answer.status_code)
        return
    with opened(Reach(member_id=sender_id)):
        sender = load_member(sender_id)
        try:
            add_photo(Case.objects.get(pk=UUID(case_id)), answer.content, by=sender)
        except (Refused, NotPermitted) as no:
            log.info("open311_photo_left", because=type(no).__name__)
