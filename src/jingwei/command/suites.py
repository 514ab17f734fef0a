"""What `test` and `check` run, in order, with the seconds that each may take on two cores. Add a check here."""

from dataclasses import dataclass, field

from jingwei.command.layout import PYTHON, SOURCE

BUDGET_SECONDS = 25 * 60


@dataclass(frozen=True)
class Suite:
    """`commands` run in the checkout until one fails; `pytest` arguments given to `test` go to pytest suites."""

    name: str
    budget: float
    commands: tuple[tuple[str, ...], ...] = field(repr=False)
    needs_database: bool = True
    is_pytest: bool = False


def _python(*arguments: str) -> tuple[str, ...]:
    return (str(PYTHON), "-P", *arguments)


def _manage(*arguments: str) -> tuple[str, ...]:
    return _python("-m", "django", *arguments)


def _pytest(*arguments: str) -> tuple[str, ...]:
    return _python("-m", "pytest", *arguments)


def _taken_back() -> tuple[str, ...]:
    """Every module's migrations undone, so that each is known to be reversible; in one process, which starts once."""
    folders = sorted(SOURCE.glob("jingwei/**/migrations"))
    modules = [folder.parent.name for folder in folders if any(folder.glob("0*.py"))]
    return _python("-c", TAKE_BACK.format(modules=modules))


TAKE_BACK = """
import django
django.setup()
from django.core.management import call_command
for module in {modules}:
    call_command("migrate", module, "zero", interactive=False, verbosity=0)
"""
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CODE = ("src", "tests", "benchmarks")

SUITES = (
    Suite("format", 5, (_python("-m", "ruff", "format", "--check", *CODE),), needs_database=False),
    Suite("lint", 5, (_python("-m", "ruff", "check", *CODE),), needs_database=False),
    Suite("types", 60, (_python("-m", "mypy"),), needs_database=False),
    Suite("contracts", 5, (_python("-c", LINT_IMPORTS),), needs_database=False),
    Suite("templates", 15, (_python("-m", "djlint", "src", "--check", "--lint"),), needs_database=False),
    Suite("frontend", 20, (_python("-m", "jingwei.command", "frontend", "--check"),), needs_database=False),
    Suite(
        "translations",
        20,
        (_manage("compile_translations"), _manage("extract_translations", "--check")),
        needs_database=False,
    ),
    Suite("settings", 5, (_manage("write_settings_doc", "--check"),), needs_database=False),
    Suite("personal data", 5, (_manage("write_personal_data_doc", "--check"),), needs_database=False),
    Suite(
        "migrations",
        120,
        (
            _manage("makemigrations", "--check", "--dry-run"),
            _manage("migrate", "--no-input", "--verbosity", "0"),
            _taken_back(),
            _manage("migrate", "--no-input", "--verbosity", "0"),
        ),
    ),
    Suite("journeys", 260, (_pytest("tests/journeys"),), is_pytest=True),
    # Last, so that pytest's own summary closes the output.
    Suite(
        "tests",
        980,
        (_pytest("src", "tests", "--ignore=tests/journeys", "--numprocesses=2", "--dist=worksteal"),),
        is_pytest=True,
    ),
)
