"""Errors as software reads them: below some addresses nobody looks at pages, and each has a form of its own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

MachineAnswer = Callable[[HttpRequest, int, str, str], HttpResponse]
"""Gives the answer from the request, a status, a sentence, and the number under which the log has it ("": none)."""

_forms: dict[str, MachineAnswer] = {}


def register_machine_answer(prefix: str, answer: MachineAnswer) -> None:
    """Let errors below the path `prefix` be told by `answer`. Called once when Django starts."""
    _forms[prefix] = answer


def machine_answer(request: HttpRequest) -> MachineAnswer | None:
    """How errors are told at the address of `request`; None where people read them."""
    return next((answer for prefix, answer in _forms.items() if request.path.startswith(prefix)), None)
