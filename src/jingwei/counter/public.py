"""The door to the counter for the modules above."""

from jingwei.counter.actions import answer_call, begin_call, follow_call, park_call, report_call, wrap_call, write_call

__all__ = ["answer_call", "begin_call", "follow_call", "park_call", "report_call", "wrap_call", "write_call"]
