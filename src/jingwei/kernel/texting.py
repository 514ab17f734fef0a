"""Text messages, handed to the gateway that the environment names. Calls go through the guard of `outgoing.py`."""

from collections.abc import Mapping
from typing import Any

import httpx

from jingwei.kernel.environment import environment
from jingwei.kernel.gateways import SmsGateway
from jingwei.kernel.outgoing import OutgoingRefused, open_client

NEVER = frozenset({400, 404, 410, 413, 422})
"""Answers that will be the same next time: what was sent is not wanted. All others may be better later."""


class NotTaken(Exception):  # noqa: N818 - it is what happened
    """A message that was not handed over. `problem` is a code for the records; `is_final`: trying again is no use."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.is_final = problem, is_final


def send_text(phone: str, text: str, *, key: str, template: str, gateway: SmsGateway | None = None) -> None:
    """Hand one text over. `key` is the same at every try, so that a gateway can tell a second copy. Raises NotTaken."""
    gateway = gateway or environment().sms_gateway
    if gateway is None:
        raise NotTaken("no_gateway")
    body = filled(gateway.body, {"phone": phone, "text": text, "id": key, "template": template})
    headers = {"Idempotency-Key": key, **gateway.headers}
    answer = post_to(gateway.url, headers=headers, **({"data": body} if gateway.is_form else {"json": body}))
    if gateway.accepted:
        said = read_object(answer)
        if any(said.get(name) != value for name, value in gateway.accepted.items()):
            raise NotTaken("not_accepted")


def post_to(url: str, **given: Any) -> httpx.Response:
    """The answer to a POST. Raises NotTaken where there is none, or none that says yes."""
    try:
        with open_client() as client:
            answer = client.post(url, **given)
    except OutgoingRefused:
        raise NotTaken("refused_address") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise NotTaken("unreachable") from None
    if not answer.is_success:
        raise NotTaken(f"http_{answer.status_code}", is_final=answer.status_code in NEVER)
    return answer


def read_object(answer: httpx.Response) -> dict[str, Any]:
    """What a gateway says in JSON; nothing where it does not."""
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def filled(given: Any, values: Mapping[str, str]) -> Any:
    """The same structure with {names} in its texts replaced."""
    match given:
        case str():
            for name, value in values.items():
                given = given.replace(f"{{{name}}}", value)
            return given
        case dict():
            return {key: filled(value, values) for key, value in given.items()}
        case list():
            return [filled(value, values) for value in given]
    return given
