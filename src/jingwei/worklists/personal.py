"""What work lists hold of persons: what grid workers wrote down, and who did what. Tasks name nobody."""

from datetime import timedelta

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, Sensitivity, declare, not_personal, retention
from jingwei.worklists.models import Answer, Item, Step, Task, WorkList

ANSWERS = retention(
    "worklists.answers",
    timedelta(days=365),
    since="the list ended",
    then="words, photos and reasons are deleted. Choices and numbers, the list and how far each grid came stay",
)
SEES = ("worklists.see",)

declare(
    Answer,
    "text",
    "file",
    purpose="What was found on the spot: it may name or show somebody, though nothing asks for that",
    basis=Basis.DUTY,
    retention=ANSWERS,
    sensitivity=Sensitivity.SENSITIVE,
    readers=SEES,
)
declare(
    Step,
    "words",
    purpose="Why results were sent back",
    basis=Basis.DUTY,
    retention=ANSWERS,
    readers=SEES,
)
for model in (Answer, Step):
    declare(
        model,
        "member",
        purpose="Who wrote it down, and who decided",
        basis=Basis.CONTRACT,
        retention=(FOLLOWS_ACCOUNT,),
        readers=SEES,
    )
not_personal(WorkList, "number", because="a day and a serial")
not_personal(WorkList, "title", "words", "reason", because="one text for all grids, written by an office")
not_personal(Item, "title", "choices", because="one question for all grids, written by an office")
not_personal(WorkList, "due_on", because="the day by which an office wants it")
not_personal(Task, "due_on", because="the day by which an office wants it")
not_personal(Step, "verb", because="a code")
