"""What the kernel's tables, and those of the libraries under it, hold of persons: ids, and nothing else."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from procrastinate.contrib.django.models import (
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
)

from jingwei.kernel.facts.models import FactCounter, FactRow, HandledFact
from jingwei.kernel.personal_data import FOLLOWS_ACCOUNT, Basis, declare, not_personal
from jingwei.kernel.searching.models import Reading
from jingwei.kernel.watch.models import Heartbeat, PolicyReport

declare(
    FactRow,
    "actor_id",
    purpose="Who did what: the trail by which mistakes and misuse can be found",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("nobody on a screen: handlers of the platform",),
)
declare(
    FactRow,
    "data",
    purpose="Which thing a fact is about: its id, codes and states. Where the thing is an account, the id of a member",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("nobody on a screen: handlers of the platform",),
)
not_personal(FactRow, "seq", "kind", because="numbers and names of facts")
not_personal(FactCounter, "id", "last", because="counts facts")
not_personal(HandledFact, "handler", "seq", because="names of handlers and numbers of facts")
not_personal(
    PolicyReport, "day", "route", "directive", "blocked", "count", because="counts of kinds, of no browser or person"
)
not_personal(Heartbeat, "name", because="names of programs")
not_personal(Reading, "character", "syllables", because="a dictionary")
not_personal(ProcrastinateJob, "queue_name", "task_name", "lock", "queueing_lock", because="names of tasks")
not_personal(ProcrastinateJob, "args", because="numbers of facts and times at which a job is due")
not_personal(ProcrastinatePeriodicDefer, "task_name", "defer_timestamp", "periodic_id", because="names of tasks")
not_personal(ContentType, "app_label", "model", because="names of tables")
not_personal(Permission, "name", "codename", because="of Django, unused")
not_personal(Group, "name", because="of Django, unused")
