"""What other modules take from the kernel. Not for settings: it needs Django's models."""

from jingwei.kernel import clock
from jingwei.kernel.buckets import Buckets
from jingwei.kernel.calendar import (
    Day,
    DayKind,
    InForce,
    OwnDay,
    WorkingCalendar,
    Year,
    default_calendar,
    years_off,
)
from jingwei.kernel.configuration import FIRST_ROW, Effect, Fault, Part, Row, Trial, configuration_parts, register_part
from jingwei.kernel.encryption import BlindIndexField, EncryptedField, blind_index, blind_indexes, decrypt, encrypt
from jingwei.kernel.environment import environment
from jingwei.kernel.errors import NotPermitted, NotTheirs, Refused
from jingwei.kernel.facts import (
    Fact,
    FactRow,
    fact_kinds,
    facts_after,
    handles,
    last_seq,
    publish,
    publish_many,
    register_follower,
    relay_lag,
)
from jingwei.kernel.facts.together import INSERT_GIVEN, Told, as_parameter
from jingwei.kernel.fields import STORABLE, AreaCodeField
from jingwei.kernel.grants import WEB, WORKER, give_function, give_table
from jingwei.kernel.ids import first_id, uuid7
from jingwei.kernel.limits import (
    Due,
    Limit,
    LimitKind,
    Passage,
    count,
    due_at,
    work_after,
    work_before,
    working_time_between,
)
from jingwei.kernel.live import Audience, Happening, audience_for, live_audience
from jingwei.kernel.logs import log_as
from jingwei.kernel.outgoing import GuardedTransport, OutgoingRefused, open_client
from jingwei.kernel.permits import Permit, allowed, allowed_first, may, permit, permits_for_tests, require
from jingwei.kernel.personal_data import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, declared, not_personal, retention
from jingwei.kernel.prepared import prepared_cursor
from jingwei.kernel.providers import SignInProvider, providers
from jingwei.kernel.reach import NOWHERE, WHOLE, Reach, entered, opened, tell
from jingwei.kernel.reach import current as current_reach
from jingwei.kernel.retention import carries_out, due_all, forget_all, in_batches
from jingwei.kernel.scanning import ScannedFileField, Verdict, require_clean, verdict_on
from jingwei.kernel.schedule import OFFICE, Hours, Schedule, Season, Stretch
from jingwei.kernel.searching import is_long_enough
from jingwei.kernel.spreadsheets import LARGEST_FILE, read_lines
from jingwei.kernel.texting import NotTaken, post_to, read_object, send_text
from jingwei.kernel.watch.exposition import register_figures
from jingwei.kernel.watch.headers import let_record
from jingwei.kernel.watch.models import PolicyReport
from jingwei.kernel.watch.policy_reports import MOST_BYTES as MOST_REPORT_BYTES
from jingwei.kernel.watch.policy_reports import take_reports
from jingwei.kernel.watch.readiness import register_readiness

__all__ = [
    "FIRST_ROW",
    "FOLLOWS_ACCOUNT",
    "INSERT_GIVEN",
    "LARGEST_FILE",
    "MOST_REPORT_BYTES",
    "NOWHERE",
    "OFFICE",
    "STORABLE",
    "WEB",
    "WHOLE",
    "WORKER",
    "AreaCodeField",
    "Audience",
    "Basis",
    "BlindIndexField",
    "Buckets",
    "Day",
    "DayKind",
    "Due",
    "Effect",
    "EncryptedField",
    "Fact",
    "FactRow",
    "Fault",
    "GuardedTransport",
    "Happening",
    "Hours",
    "InForce",
    "Limit",
    "LimitKind",
    "NotPermitted",
    "NotTaken",
    "NotTheirs",
    "OutgoingRefused",
    "OwnDay",
    "Part",
    "Passage",
    "Permit",
    "PolicyReport",
    "Reach",
    "Refused",
    "Row",
    "ScannedFileField",
    "Schedule",
    "Season",
    "Sensitivity",
    "SignInProvider",
    "Stretch",
    "Told",
    "Trial",
    "Verdict",
    "WorkingCalendar",
    "Year",
    "allowed",
    "allowed_first",
    "as_parameter",
    "audience_for",
    "blind_index",
    "blind_indexes",
    "carries_out",
    "clock",
    "configuration_parts",
    "count",
    "current_reach",
    "declare",
    "declared",
    "decrypt",
    "default_calendar",
    "due_all",
    "due_at",
    "encrypt",
    "entered",
    "environment",
    "fact_kinds",
    "facts_after",
    "first_id",
    "forget_all",
    "give_function",
    "give_table",
    "handles",
    "in_batches",
    "is_long_enough",
    "last_seq",
    "let_record",
    "live_audience",
    "log_as",
    "may",
    "not_personal",
    "open_client",
    "opened",
    "permit",
    "permits_for_tests",
    "post_to",
    "prepared_cursor",
    "providers",
    "publish",
    "publish_many",
    "read_lines",
    "read_object",
    "register_figures",
    "register_follower",
    "register_part",
    "register_readiness",
    "relay_lag",
    "require",
    "require_clean",
    "retention",
    "send_text",
    "take_reports",
    "tell",
    "uuid7",
    "verdict_on",
    "work_after",
    "work_before",
    "working_time_between",
    "years_off",
]
