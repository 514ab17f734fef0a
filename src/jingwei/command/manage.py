"""`manage` and `import`: commands of the platform itself, run as the database's owner."""

import sys
from argparse import Namespace

from jingwei.command.access import bring_up_to_date, ensure_environment, open_database
from jingwei.command.keys import OWNER
from jingwei.command.layout import PYTHON, Home
from jingwei.command.programs import django_environment, run_through
from jingwei.command.progress import Progress

IMPORTS = {"areas": "import_areas", "boundaries": "import_boundaries", "cases": "import_cases"}
RUN = "import sys; from django.core.management import execute_from_command_line as run; run(['jingwei', *sys.argv[1:]])"
"""As `python -m django`, but its help calls it by our name."""


def run_manage(options: Namespace) -> int:
    home = Home.from_environment()
    ensure_environment("base", home, Progress(0, sys.stderr))
    with open_database(home, "manage") as database:
        is_demo = database.stamps().get("demo") == "filled"
        return run_through(_command(*options.rest), django_environment(home, database, OWNER, is_demo=is_demo))


def run_import(options: Namespace) -> int:
    home = Home.from_environment()
    progress = Progress(0, sys.stderr)
    ensure_environment("base", home, progress)
    with open_database(home, "import") as database:
        bring_up_to_date(home, database, progress)
        is_demo = database.stamps().get("demo") == "filled"
        environment = django_environment(home, database, OWNER, is_demo=is_demo)
        return run_through(_command(IMPORTS[options.what], *options.rest), environment)


def _command(*words: str) -> list[str]:
    return [str(PYTHON), "-P", "-c", RUN, *words]
