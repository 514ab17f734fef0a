"""The door to cases for the modules above."""

from jingwei.cases import api_lists, api_photos, api_sheet  # noqa: F401 - operations of the router
from jingwei.cases.actions import (
    REJECTIONS,
    Answer,
    Draft,
    Intake,
    add_photo,
    ask_extension_case,
    call_back_case,
    change_assistant_case,
    check_case,
    decline_case,
    digest,
    dispatch_case,
    escalate_case,
    extend_case,
    file_case,
    finish_case,
    group_cases,
    handle_case,
    inspect_case,
    join_case,
    merge_case,
    pass_on_case,
    raise_case,
    rate_case,
    recall_case,
    refuse_extension_case,
    reject_case,
    reopen_case,
    reply_case,
    report_case,
    report_cases,
    report_in_case,
    return_case,
    review_case,
    rework_case,
    send_down_case,
    set_signal_rules,
    solve_case,
    supervise_case,
    sweep_signals,
    ungroup_case,
    unmerge_case,
    urge_case,
    withdraw_case,
)
from jingwei.cases.api import intake_router
from jingwei.cases.api import router as api_router
from jingwei.cases.catalogue import DEPARTMENTS, condition_of, current, load_categories
from jingwei.cases.course import last_moves, moved_between, sent_by, steps_between
from jingwei.cases.desk import QUEUES
from jingwei.cases.facts import CaseMoved, CaseSignalled, PhotoAdded
from jingwei.cases.forms_report import CategoryField, listed_categories
from jingwei.cases.leading import reporters_of
from jingwei.cases.life import Origin
from jingwei.cases.limits import STAGE_LIMITS
from jingwei.cases.matters import matters
from jingwei.cases.models import Case, Category, Condition, DocketEntry, Photo
from jingwei.cases.models import Step as CaseStep
from jingwei.cases.publicly import PublicFacts, photos_of, public_facts, publishable
from jingwei.cases.rail import dockets_of
from jingwei.cases.replay import PastCase, PastMove, Replayed, replay
from jingwei.cases.routing.actions import publish_rules
from jingwei.cases.routing.book import has_rules
from jingwei.cases.routing.models import Rule
from jingwei.cases.said import headline
from jingwei.cases.spots import Spot, community_of, listed_areas, read_spot, spots_named, spots_of, where_is
from jingwei.cases.suggesting import learn, suggest
from jingwei.cases.today import today
from jingwei.cases.twins import PublicCard, Sought, Twin, public_twins, register_publicity, twins_of, visible_twins
from jingwei.cases.web.desk.urls import urlpatterns as desk_pages
from jingwei.cases.web.pages import field_pages, resident_pages
from jingwei.cases.web.photos import send_picture
from jingwei.cases.web.resident import resident_required
from jingwei.cases.web.writing import field_only
from jingwei.cases.workflow import ENDS, OPEN, RATING_REASONS, Level, Status

__all__ = [
    "DEPARTMENTS",
    "ENDS",
    "OPEN",
    "QUEUES",
    "RATING_REASONS",
    "REJECTIONS",
    "STAGE_LIMITS",
    "Answer",
    "Case",
    "CaseMoved",
    "CaseSignalled",
    "CaseStep",
    "Category",
    "CategoryField",
    "Condition",
    "DocketEntry",
    "Draft",
    "Intake",
    "Level",
    "Origin",
    "PastCase",
    "PastMove",
    "Photo",
    "PhotoAdded",
    "PublicCard",
    "PublicFacts",
    "Replayed",
    "Rule",
    "Sought",
    "Spot",
    "Status",
    "Twin",
    "add_photo",
    "api_router",
    "ask_extension_case",
    "call_back_case",
    "change_assistant_case",
    "check_case",
    "community_of",
    "condition_of",
    "current",
    "decline_case",
    "desk_pages",
    "digest",
    "dispatch_case",
    "dockets_of",
    "escalate_case",
    "extend_case",
    "field_only",
    "field_pages",
    "file_case",
    "finish_case",
    "group_cases",
    "handle_case",
    "has_rules",
    "headline",
    "inspect_case",
    "intake_router",
    "join_case",
    "last_moves",
    "learn",
    "listed_areas",
    "listed_categories",
    "load_categories",
    "matters",
    "merge_case",
    "moved_between",
    "pass_on_case",
    "photos_of",
    "public_facts",
    "public_twins",
    "publish_rules",
    "publishable",
    "raise_case",
    "rate_case",
    "read_spot",
    "recall_case",
    "refuse_extension_case",
    "register_publicity",
    "reject_case",
    "reopen_case",
    "replay",
    "reply_case",
    "report_case",
    "report_cases",
    "report_in_case",
    "reporters_of",
    "resident_pages",
    "resident_required",
    "return_case",
    "review_case",
    "rework_case",
    "send_down_case",
    "send_picture",
    "sent_by",
    "set_signal_rules",
    "solve_case",
    "spots_named",
    "spots_of",
    "steps_between",
    "suggest",
    "supervise_case",
    "sweep_signals",
    "today",
    "twins_of",
    "ungroup_case",
    "unmerge_case",
    "urge_case",
    "visible_twins",
    "where_is",
    "withdraw_case",
]
