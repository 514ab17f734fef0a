"""The bell of the shells: how many messages are new."""

from typing import Any

from django import template
from django.template import RequestContext

from jingwei.notices.inbox import MOST_COUNTED, unread_count

register = template.Library()


@register.inclusion_tag("notices/own/bell_link.html")
def bell(unread: int) -> dict[str, Any]:
    return {"unread": unread, "unread_shown": f"{MOST_COUNTED}+" if unread > MOST_COUNTED else str(unread)}


@register.inclusion_tag("notices/own/bell_link.html", takes_context=True)
def bell_of_member(context: RequestContext) -> dict[str, Any]:
    """For whoever is signed in. One query."""
    return bell(unread_count(context["shell"].member))
