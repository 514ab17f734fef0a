"""Everything that changes a list or a task. An action is one transaction: lock, ask, change, publish."""

from jingwei.worklists.actions.answering import Given, keep_answers, report_task
from jingwei.worklists.actions.issuing import NewList, Office, issue_list, withdraw_list
from jingwei.worklists.actions.raising import raise_answer
from jingwei.worklists.actions.sorting import accept_task, return_task, send_back_task, strike_off_task

__all__ = [
    "Given",
    "NewList",
    "Office",
    "accept_task",
    "issue_list",
    "keep_answers",
    "raise_answer",
    "report_task",
    "return_task",
    "send_back_task",
    "strike_off_task",
    "withdraw_list",
]
