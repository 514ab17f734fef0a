"""The door to the counter for the modules above."""

from jingwei.counter.actions import (
    answer_call,
    begin_call,
    drop_call,
    follow_call,
    hand_call,
    park_call,
    publish_script,
    report_call,
    wrap_call,
    write_call,
)
from jingwei.counter.models import Call, Script

__all__ = [
    "Call",
    "Script",
    "answer_call",
    "begin_call",
    "drop_call",
    "follow_call",
    "hand_call",
    "park_call",
    "publish_script",
    "report_call",
    "wrap_call",
    "write_call",
]
