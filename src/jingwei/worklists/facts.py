"""What this module announces: that a list or a task went on. No words."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class ListMoved(Fact):
    """A list was issued, passed to another office, withdrawn, or its last task struck off: `verb` says which."""

    kind: ClassVar[str] = "worklists.list_moved"
    list_id: str
    verb: str
    code: int


@dataclass(frozen=True)
class TaskMoved(Fact):
    """A task of a grid went on by `verb`, or an answer of it became a case."""

    kind: ClassVar[str] = "worklists.task_moved"
    task_id: str
    verb: str
    status: str
    code: int
