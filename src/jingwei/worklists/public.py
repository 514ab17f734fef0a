"""What other modules may use of work lists."""

from jingwei.worklists import api_photos  # noqa: F401 - operations of the router
from jingwei.worklists.actions import (
    Given,
    NewList,
    Office,
    accept_task,
    issue_list,
    keep_answers,
    raise_answer,
    report_task,
    return_task,
    send_back_task,
    strike_off_task,
    withdraw_list,
)
from jingwei.worklists.api import router as worklists_router
from jingwei.worklists.facts import ListMoved, TaskMoved
from jingwei.worklists.models import Task, WorkList
from jingwei.worklists.reading import to_do
from jingwei.worklists.rules import NewItem
from jingwei.worklists.telling import remind

__all__ = [
    "Given",
    "ListMoved",
    "NewItem",
    "NewList",
    "Office",
    "Task",
    "TaskMoved",
    "WorkList",
    "accept_task",
    "issue_list",
    "keep_answers",
    "raise_answer",
    "remind",
    "report_task",
    "return_task",
    "send_back_task",
    "strike_off_task",
    "to_do",
    "withdraw_list",
    "worklists_router",
]
