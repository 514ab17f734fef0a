"""What other modules may use of people."""

from jingwei.people.actions import (
    add_certificate,
    add_training,
    arrange_absence,
    change_posting,
    close_department,
    close_member,
    create_department,
    create_posting,
    create_team,
    end_absence,
    end_posting,
    hand_over_work,
    move_department,
    note_read,
    record_hired,
    register_resident,
    register_software,
    register_staff,
    set_language,
    set_password,
)
from jingwei.people.actions.erasure import erase_member
from jingwei.people.actions.reads import MOST_WORDS as MOST_REASON_WORDS
from jingwei.people.at_work import at_work
from jingwei.people.devices import browser_named, end_sessions, live_handles
from jingwei.people.duties import DUTIES, Duty, Opens
from jingwei.people.erasing import Eraser, register_eraser
from jingwei.people.facts import (
    DepartmentCreated,
    KeyCreated,
    KeyRevoked,
    MemberClosed,
    MemberRegistered,
    MemberSignedIn,
    MemberSignedOut,
    PasswordChanged,
    PostingCreated,
    PostingEnded,
    SessionsEnded,
)
from jingwei.people.keys import authenticate_key, create_key, load_software, revoke_key
from jingwei.people.loading import load_member
from jingwei.people.models import Absence, ApiKey, Department, Member, Posting, Read
from jingwei.people.own_data import Chapter, export_own, register_chapter
from jingwei.people.permits import has_duty, has_duty_anywhere, own
from jingwei.people.posts import Post
from jingwei.people.rates import Allowance, BackOff
from jingwei.people.reach import reach_of
from jingwei.people.reads import REASONS as READ_REASONS
from jingwei.people.reads import Thing, Things, reads_of, register_read_kind, register_things
from jingwei.people.requests import KeyRequest, MemberRequest, VisitorRequest
from jingwei.people.role_table import roles_with
from jingwei.people.roles import ROLES, Role, Workplace
from jingwei.people.signin import (
    DEMO_CODE,
    client_address,
    read_phone,
    send_code,
    sign_in,
    sign_in_by_code,
    sign_out,
)
from jingwei.people.standing_in import on_behalf_of
from jingwei.people.web.forms import CodeForm, PhoneForm, attempt
from jingwei.people.web.guards import duty_required, member_required
from jingwei.people.web.sheets import csv_answer
from jingwei.people.work import (
    OpenWork,
    WorkSource,
    open_work_counts,
    open_work_of,
    register_work,
    takers_of,
)

__all__ = [
    "DEMO_CODE",
    "DUTIES",
    "MOST_REASON_WORDS",
    "READ_REASONS",
    "ROLES",
    "Absence",
    "Allowance",
    "ApiKey",
    "BackOff",
    "Chapter",
    "CodeForm",
    "Department",
    "DepartmentCreated",
    "Duty",
    "Eraser",
    "KeyCreated",
    "KeyRequest",
    "KeyRevoked",
    "Member",
    "MemberClosed",
    "MemberRegistered",
    "MemberRequest",
    "MemberSignedIn",
    "MemberSignedOut",
    "OpenWork",
    "Opens",
    "PasswordChanged",
    "PhoneForm",
    "Post",
    "Posting",
    "PostingCreated",
    "PostingEnded",
    "Read",
    "Role",
    "SessionsEnded",
    "Thing",
    "Things",
    "VisitorRequest",
    "WorkSource",
    "Workplace",
    "add_certificate",
    "add_training",
    "arrange_absence",
    "at_work",
    "attempt",
    "authenticate_key",
    "browser_named",
    "change_posting",
    "client_address",
    "close_department",
    "close_member",
    "create_department",
    "create_key",
    "create_posting",
    "create_team",
    "csv_answer",
    "duty_required",
    "end_absence",
    "end_posting",
    "end_sessions",
    "erase_member",
    "export_own",
    "hand_over_work",
    "has_duty",
    "has_duty_anywhere",
    "live_handles",
    "load_member",
    "load_software",
    "member_required",
    "move_department",
    "note_read",
    "on_behalf_of",
    "open_work_counts",
    "open_work_of",
    "own",
    "reach_of",
    "read_phone",
    "reads_of",
    "record_hired",
    "register_chapter",
    "register_eraser",
    "register_read_kind",
    "register_resident",
    "register_software",
    "register_staff",
    "register_things",
    "register_work",
    "revoke_key",
    "roles_with",
    "send_code",
    "set_language",
    "set_password",
    "sign_in",
    "sign_in_by_code",
    "sign_out",
    "takers_of",
]
