"""A fact as other software gets it: CloudEvents 1.0 in structured JSON, with ids, codes and states only."""

import json
from typing import Any

from jingwei.kernel.public import FactRow, fact_kinds
from jingwei.places.public import codes

TYPE = "jingwei."
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
GIVEN = frozenset(
    {
        *("case_id", "verb", "status", "level", "department_id", "photo_id", "building_id", "change_id", "draft_id"),
        *("edition_id", "number", "first", "last", "parts", "before", "faults_left", "supporters", "is_hidden"),
        *("is_released", "incident_id", "what", "list_id", "task_id"),
    }
)
"""Fields of facts that go out: ids of things, codes and states. Whatever is not named here stays, above all members."""
OFFERED = ("case.", "emergency.", "publication.", "worklists.", "places.", "calendars.", "configuration.")
"""How the kinds begin that other software may be told of. What happens to accounts is nobody's outside."""
TRIAL = "webhook.trial"


def offered_kinds() -> list[str]:
    """Every kind of fact that a subscription may name."""
    return sorted(kind for kind in fact_kinds() if kind.startswith(OFFERED))


def event(fact: FactRow, source: str, case_number: str | None = None) -> bytes:
    """The event of a fact. Its id is the fact's: an event that comes twice is known by it."""
    data = {name: value for name, value in fact.data.items() if name in GIVEN}
    if case_number:
        data["case_number"] = case_number
    return _event(
        {
            "id": str(fact.pk),
            "type": TYPE + fact.kind,
            "source": source,
            "subject": str(fact.subject) if fact.subject is not None else None,
            "time": fact.occurred_at.isoformat(),
            "seq": str(fact.seq),
            "area": codes.write(fact.code) if fact.code else None,
        },
        data,
    )


def trial(trial_id: str, source: str, at: str) -> bytes:
    """An event that says nothing: to see whether the other side hears, and reads the signature."""
    return _event({"id": trial_id, "type": TYPE + TRIAL, "source": source, "time": at}, {})


def _event(attributes: dict[str, Any], data: dict[str, Any]) -> bytes:
    """Attributes without a value are left out, as CloudEvents has it."""
    given = {name: value for name, value in attributes.items() if value is not None}
    whole = {"specversion": "1.0", **given, "datacontenttype": "application/json", "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
