"""Everything that changes who works here and what they hold."""

from jingwei.people.actions.accounts import (
    close_member,
    hide_phone,
    register_resident,
    register_software,
    register_staff,
    set_language,
    set_password,
)
from jingwei.people.actions.departments import create_department
from jingwei.people.actions.postings import create_posting, end_posting
from jingwei.people.actions.reads import note_read

__all__ = [
    "close_member",
    "create_department",
    "create_posting",
    "end_posting",
    "hide_phone",
    "note_read",
    "register_resident",
    "register_software",
    "register_staff",
    "set_language",
    "set_password",
]
