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
from jingwei.counter.api_calls import router as calls_router
from jingwei.counter.api_ending import router as ending_router
from jingwei.counter.api_scripts import router as scripts_router
from jingwei.counter.api_tickets import router as tickets_router
from jingwei.counter.models import Call, FirstAsked, Script

routers = (asked_router, calls_router, ending_router, scripts_router, tickets_router)

__all__ = [
    "Call",
    "FirstAsked",
    "Script",
    "answer_call",
    "begin_call",
    "drop_call",
    "follow_call",
    "hand_call",
    "note_asked",
    "park_call",
    "publish_script",
    "report_call",
    "routers",
    "wrap_call",
    "write_call",
]
