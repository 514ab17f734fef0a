"""Which portals there are, who may enter them, and which one is a member's own."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jingwei.people.public import Member, Workplace
from jingwei.ui.public import Portal, register_portal

RESIDENT = "resident"
FIRST_PAGES = {
    Workplace.FIELD: "field:home",
    Workplace.DESK: "desk:home",
    Workplace.SUPERVISION: "supervise:home",
    RESIDENT: "resident:home",
}


def register() -> None:
    """Tell the shells. Staff are residents somewhere too: that door is open to every person."""
    at_desk, on_the_spot, leads = (_works_at(one) for one in (Workplace.DESK, Workplace.FIELD, Workplace.SUPERVISION))
    register_portal(
        Portal("desk", _("Desk"), "inbox", FIRST_PAGES[Workplace.DESK], lambda one: at_desk(one) or leads(one))
    )
    register_portal(Portal("field", _("Field"), "map-pin", FIRST_PAGES[Workplace.FIELD], on_the_spot))
    register_portal(Portal("supervise", _("Oversight"), "eye", FIRST_PAGES[Workplace.SUPERVISION], leads))
    register_portal(Portal("resident", _("Residents"), "home", FIRST_PAGES[RESIDENT], _is_person))


def main_portal(member: Member) -> str:
    """The key of the portal where the member's longest-standing posting works; the residents' without one."""
    workplaces = [post.workplace for post in member.posts if post.workplace]
    return workplaces[0] if workplaces else RESIDENT


def first_page(member: Member) -> str:
    """Address of the first page of the member's own portal."""
    return reverse(FIRST_PAGES[main_portal(member)])


def _works_at(workplace: Workplace) -> Callable[[Member], bool]:
    return lambda member: any(post.workplace == workplace for post in member.posts)


def _is_person(member: Member) -> bool:
    return member.kind != Member.Kind.SOFTWARE
