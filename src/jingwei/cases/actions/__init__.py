"""Everything that changes a case. An action is one transaction: lock, ask, change, publish."""

from jingwei.cases.actions.after import call_back_case, inspect_case, review_case
from jingwei.cases.actions.alarming import alarm_case, answer_alarm_case, call_off_case, stand_down_case
from jingwei.cases.actions.appealing import appeal_case, decide_case
from jingwei.cases.actions.assisting import change_assistant_case, decline_case, finish_case, join_case
from jingwei.cases.actions.confirming import improve_case, submit_case
from jingwei.cases.actions.ending import check_case, rate_case, reopen_case, rework_case
from jingwei.cases.actions.extending import ask_extension_case, extend_case, refuse_extension_case
from jingwei.cases.actions.intake import (
    LARGEST_BATCH,
    Answer,
    Draft,
    Intake,
    digest,
    report_case,
    report_cases,
    too_many,
    try_reports,
)
from jingwei.cases.actions.joining import group_cases, merge_case, ungroup_case, unmerge_case
from jingwei.cases.actions.on_the_spot import report_on_the_spot
from jingwei.cases.actions.oversight import reply_case, supervise_case, urge_case
from jingwei.cases.actions.pending import (
    MOST_PENDING_PHOTOS,
    add_pending_photo,
    discard_pending,
    drop_pending_photo,
    forget_pending,
    place_pending,
    send_pending,
    write_pending,
)
from jingwei.cases.actions.photos import add_photo, thumbnail_name
from jingwei.cases.actions.signalling import raise_case, set_signal_rules
from jingwei.cases.actions.suspending import (
    ask_suspension_case,
    deny_suspension_case,
    keep_suspended_case,
    resume_case,
    resume_due_cases,
    suspend_case,
    to_review,
)
from jingwei.cases.actions.sweep import sweep_signals
from jingwei.cases.actions.triage import (
    escalate_case,
    file_case,
    reject_case,
    send_down_case,
    solve_case,
    withdraw_case,
)
from jingwei.cases.actions.whistling import whistle_case
from jingwei.cases.actions.work import (
    dispatch_case,
    handle_case,
    pass_on_case,
    recall_case,
    report_in_case,
    return_case,
)
from jingwei.cases.workflow import REJECTIONS

__all__ = [
    "LARGEST_BATCH",
    "MOST_PENDING_PHOTOS",
    "REJECTIONS",
    "Answer",
    "Draft",
    "Intake",
    "add_pending_photo",
    "add_photo",
    "alarm_case",
    "answer_alarm_case",
    "appeal_case",
    "ask_extension_case",
    "ask_suspension_case",
    "call_back_case",
    "call_off_case",
    "change_assistant_case",
    "check_case",
    "decide_case",
    "decline_case",
    "deny_suspension_case",
    "digest",
    "discard_pending",
    "dispatch_case",
    "drop_pending_photo",
    "escalate_case",
    "extend_case",
    "file_case",
    "finish_case",
    "forget_pending",
    "group_cases",
    "handle_case",
    "improve_case",
    "inspect_case",
    "join_case",
    "keep_suspended_case",
    "merge_case",
    "pass_on_case",
    "place_pending",
    "raise_case",
    "rate_case",
    "recall_case",
    "refuse_extension_case",
    "reject_case",
    "reopen_case",
    "reply_case",
    "report_case",
    "report_cases",
    "report_in_case",
    "report_on_the_spot",
    "resume_case",
    "resume_due_cases",
    "return_case",
    "review_case",
    "rework_case",
    "send_down_case",
    "send_pending",
    "set_signal_rules",
    "solve_case",
    "stand_down_case",
    "submit_case",
    "supervise_case",
    "suspend_case",
    "sweep_signals",
    "thumbnail_name",
    "to_review",
    "too_many",
    "try_reports",
    "ungroup_case",
    "unmerge_case",
    "urge_case",
    "whistle_case",
    "withdraw_case",
    "write_pending",
]
