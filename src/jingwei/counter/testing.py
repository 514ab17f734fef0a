"""Builders of calls for tests."""

from typing import Any

from jingwei.counter.actions import begin_call, write_call
from jingwei.counter.models import Call
from jingwei.kernel.public import clock
from jingwei.people.public import Member


def a_call(by: Member, *, way: str = Call.Way.PHONE, **written: Any) -> Call:
    """A call that `by` has open, with what was typed."""
    call = begin_call(way, by=by, now=clock.now())
    return write_call(call, by=by, **written) if written else call
