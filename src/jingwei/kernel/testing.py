"""For the tests of every module: let what has been published take effect, here and now."""

from procrastinate.contrib.django.models import ProcrastinateJob

from jingwei.kernel.facts.handling import handle
from jingwei.kernel.facts.relay import Relay
from jingwei.kernel.jobs import handle_fact


def settle() -> None:
    """Number all facts and run their handlers, also those of facts that handlers publish."""
    relay = Relay()
    relay.begin()
    while relay.step():
        for job in ProcrastinateJob.objects.filter(task_name=handle_fact.name, status="todo").order_by("id"):
            handle(job.args["handler"], job.args["seq"])
