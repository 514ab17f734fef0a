"""How the pages of the counter say how long something took, what a case is called and where something lies."""

from datetime import timedelta

from django import template

from jingwei.cases.public import Case, headline, kind_name, where_is
from jingwei.counter.models import Call
from jingwei.kernel.public import clock

register = template.Library()


@register.filter
def lasted(length: timedelta | None) -> str:
    """Minutes and seconds: "4:05"; a dash where nothing was measured."""
    if length is None:
        return "–"
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


@register.filter
def spoken(call: Call) -> str:
    """How long they have spoken so far, or did."""
    return lasted(call.talked(clock.now()))


@register.filter
def seconds(call: Call) -> int:
    """The same in seconds, for the clock that runs in the browser."""
    return int(call.talked(clock.now()).total_seconds())


@register.filter
def wrap_up(call: Call) -> str:
    """How long the work behind the call took."""
    return lasted(call.wrapped(clock.now())) if call.ended_at else lasted(None)


@register.filter(name="headline")
def headline_of(case: Case) -> str:
    return headline(case)


@register.filter(name="kind_name")
def name_of_kind(code: str) -> str:
    """What a class or a whole kind of matter is called."""
    return kind_name(code)


@register.filter
def lies_in(code: int) -> str:
    """Community and grid of an area."""
    return where_is([code])[code]
