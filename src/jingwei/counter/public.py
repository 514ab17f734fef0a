"""The door to the counter for the modules above."""

from jingwei.counter.actions import (
    answer_call,
    begin_call,
    drop_call,
    follow_call,
    hand_call,
    note_asked,
    park_call,
    publish_script,
    report_call,
    wrap_call,
    write_call,
)
from jingwei.counter.api import router as asked_router
from jingwei.counter.models import Call, FirstAsked, Script

__all__ = [
    "Call",
    "FirstAsked",
    "Script",
    "answer_call",
    "asked_router",
    "begin_call",
    "drop_call",
    "follow_call",
    "hand_call",
    "note_asked",
    "park_call",
    "publish_script",
    "report_call",
    "wrap_call",
    "write_call",
]
