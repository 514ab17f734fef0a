"""Everything that changes calls, scripts and notes of who was asked first."""

from jingwei.counter.actions.alarming import alarm_call
from jingwei.counter.actions.asked import is_asked_first, note_asked, take_back_asked
from jingwei.counter.actions.calls import begin_call, park_call, resume_call, wrap_call, write_call
from jingwei.counter.actions.ending import answer_call, drop_call, follow_call, report_call
from jingwei.counter.actions.handing import hand_call, keep_call, open_handed, take_call, takers_of
from jingwei.counter.actions.scripts import publish_script

__all__ = [
    "alarm_call",
    "answer_call",
    "begin_call",
    "drop_call",
    "follow_call",
    "hand_call",
    "is_asked_first",
    "keep_call",
    "note_asked",
    "open_handed",
    "park_call",
    "publish_script",
    "report_call",
    "resume_call",
    "take_back_asked",
    "take_call",
    "takers_of",
    "wrap_call",
    "write_call",
]
