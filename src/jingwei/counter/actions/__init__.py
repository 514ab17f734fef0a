"""Everything that changes calls and scripts."""

from jingwei.counter.actions.calls import begin_call, park_call, resume_call, wrap_call, write_call
from jingwei.counter.actions.ending import answer_call, drop_call, follow_call, report_call

__all__ = [
    "answer_call",
    "begin_call",
    "drop_call",
    "follow_call",
    "park_call",
    "report_call",
    "resume_call",
    "wrap_call",
    "write_call",
]
