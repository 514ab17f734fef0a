"""`down`: ends the supervisor, which ends the rest; and whatever a killed one left behind."""

import os
import signal
from argparse import Namespace

from jingwei.command.cluster import end_server
from jingwei.command.layout import Home
from jingwei.command.processes import Mark, wait_until
from jingwei.command.supervisor import end_leftovers, running, sole_use
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

PATIENCE_SECONDS = 90.0


def down(_options: Namespace) -> int:
    home = Home.from_environment()
    if not home.run.exists():
        print(say("nothing_runs"))
        return 0
    state = running(home)
    supervisor = Mark.read(state.get("supervisor", {}))
    if supervisor:
        print(say("stopping"), flush=True)
        os.kill(supervisor.pid, signal.SIGTERM)
        if not wait_until(lambda: not supervisor.is_alive(), PATIENCE_SECONDS):
            raise Trouble("will_not_stop", pid=supervisor.pid)
    with sole_use(home, "down", PATIENCE_SECONDS):
        ended = end_leftovers(home)
        end_server(home.cluster)
    print(say("stopped" if supervisor or ended else "nothing_runs"))
    return 0
