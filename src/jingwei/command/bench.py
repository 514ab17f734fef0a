"""`bench`: the benchmarks, on a lasting database server of their own that keeps its data between runs."""

import sys
from argparse import Namespace

from jingwei.command.access import ensure_environment, started
from jingwei.command.cluster import Cluster
from jingwei.command.database import Database
from jingwei.command.keys import OWNER, Keys
from jingwei.command.layout import PYTHON, ROOT, SOURCE, Home
from jingwei.command.programs import django_environment, run_through
from jingwei.command.progress import Progress
from jingwei.command.supervisor import end_leftovers, sole_use


def bench(options: Namespace) -> int:
    home = Home(Home.from_environment().path / "bench")
    progress = Progress(0, sys.stderr)
    ensure_environment("dev", home, progress)
    with sole_use(home, "bench"):
        end_leftovers(home)
        cluster = Cluster.within(home.path, home.logs / "postgres.log")
        with started(Database.on(cluster, Keys.of(home)), home) as database:
            database.stamps()
            database.let_owner_create_databases()
            environment = django_environment(home, database, OWNER) | {
                "PYTHONPATH": f"{SOURCE}:{ROOT}",
                "JINGWEI_POSTGRES_BIN": str(cluster.binaries.folder),
            }
            command = [str(PYTHON), "-P", "-m", "benchmarks", *([options.name] if options.name else [])]
            return run_through([*command, *(["--json"] if options.json else []), *options.rest], environment, ROOT)
