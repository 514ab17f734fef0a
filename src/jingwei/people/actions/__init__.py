"""Everything that changes who works here and what they hold."""

from jingwei.people.actions.absences import arrange_absence, end_absence
from jingwei.people.actions.accounts import (
    close_member,
    hide_phone,
    register_resident,
    register_software,
    register_staff,
    reopen_member,
    set_language,
    set_password,
)
from jingwei.people.actions.departments import (
    close_department,
    create_department,
    move_department,
    rename_department,
)
from jingwei.people.actions.employment import (
    add_certificate,
    add_training,
    close_leavers,
    leave,
    record_hired,
    remove_record,
)
from jingwei.people.actions.hand_over import hand_over_work, left_behind, settle_hand_overs
from jingwei.people.actions.postings import change_posting, create_posting, end_posting, keep_clash
from jingwei.people.actions.reads import note_read
from jingwei.people.actions.roles import set_duties
from jingwei.people.actions.teams import create_team, end_team, join_team, leave_team

__all__ = [
    "add_certificate",
    "add_training",
    "arrange_absence",
    "change_posting",
    "close_department",
    "close_leavers",
    "close_member",
    "create_department",
    "create_posting",
    "create_team",
    "end_absence",
    "end_posting",
    "end_team",
    "hand_over_work",
    "hide_phone",
    "join_team",
    "keep_clash",
    "leave",
    "leave_team",
    "left_behind",
    "move_department",
    "note_read",
    "record_hired",
    "register_resident",
    "register_software",
    "register_staff",
    "remove_record",
    "rename_department",
    "reopen_member",
    "set_duties",
    "set_language",
    "set_password",
    "settle_hand_overs",
]
