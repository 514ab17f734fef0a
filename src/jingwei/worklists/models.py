"""Lists of work, what they ask, and what comes back. What people wrote is under policies of the database."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jingwei.cases.public import Case
from jingwei.kernel.public import AreaCodeField, uuid7
from jingwei.people.public import Department, Member
from jingwei.worklists.rules import OPEN, STEPS, Kind, Stage, Status


class WorkList(models.Model):
    """What an office asks of its grids. `office` is the area it serves; without a department the street itself asks."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=80)
    words = models.TextField(_("what it is for"), max_length=2000, default="", blank=True)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    office = AreaCodeField()
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.OPEN)
    due_on = models.DateField(_("due"))
    reason = models.CharField(max_length=300, default="", blank=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "work_list"
        constraints = [
            models.CheckConstraint(
                name="ended_work_list_says_when",
                condition=Q(stage=Stage.OPEN, ended_at=None) | (~Q(stage=Stage.OPEN) & Q(ended_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index("office", "issued_at", name="work_list_office"),
            models.Index("due_on", name="work_list_due", condition=Q(stage=Stage.OPEN)),
        ]

    def __str__(self) -> str:
        return self.number


class Item(models.Model):
    """One thing to check or to collect."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    work_list = models.ForeignKey(WorkList, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=Kind)
    choices = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_needed = models.BooleanField(default=True)

    class Meta:
        db_table = "work_item"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["work_list", "place"], name="work_items_have_places")]


class Task(models.Model):
    """A list in one grid. It belongs to the grid: whoever works there does it. `department` is that of the list."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    work_list = models.ForeignKey(WorkList, on_delete=models.CASCADE, related_name="tasks")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    office = AreaCodeField()
    code = AreaCodeField()
    status = models.CharField(max_length=9, choices=Status, default=Status.ASSIGNED)
    due_on = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "work_task"
        indexes = [
            models.Index("code", "due_on", name="work_task_open", condition=Q(status__in=sorted(OPEN))),
        ]


class Answer(models.Model):
    """What a grid says to one item, with a photo where one was taken, and the case that was made of it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    code = AreaCodeField()
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(max_length=2000, default="", blank=True)
    file = models.CharField(max_length=120, default="", blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "work_answer"
        constraints = [models.UniqueConstraint(fields=["task", "item"], name="one_answer_a_work_item")]


class Step(models.Model):
    """What was done with a task, by whom, and the reason where one was given."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="steps")
    code = AreaCodeField()
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=10)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=500, default="", blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "work_step"
        ordering = ["made_at", "id"]

    @property
    def title(self) -> str | Promise:
        return STEPS[self.verb]
