"""For the tests of every module: let what has been published take effect, here and now."""

from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel.facts.handling import handle
from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.jobs import handle_fact


def settle() -> None:
    """Number all facts and run their handlers, also those of facts that handlers publish."""
    relay = Relay()
    relay.begin()
    jobs = ProcrastinateJob.objects.filter(task_name=handle_fact.name).order_by("id")
    done = jobs.aggregate(last=Max("id"))["last"] or 0
    while relay.step():
        for job in jobs.filter(id__gt=done):
            handle(job.args["handler"], job.args["seq"])
            done = job.id
