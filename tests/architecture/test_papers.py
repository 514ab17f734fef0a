"""What the papers name is there: files, links, commands. A paper that has grown old fails here."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import get_commands

from jingwei.command.__main__ import COMMANDS
from jingwei.command.manage import IMPORTS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jingwei"
PAPERS = sorted(chain(ROOT.glob("*.md"), ROOT.glob("docs/**/*.md"), SOURCE.glob("**/README.md")))

LINK = re.compile(r"\]\(([^)#\s]+)")
CODE = re.compile(r"`([^`\n]+)`")
SUFFIX = r"(?:py|md|toml|html|css|js|csv|txt|in|po|svg|png)"
FILE = re.compile(rf"(?:[\w.-]+/)+(?:[\w.-]+\.{SUFFIX})?|[\w-]+\.(?:py|md|html|css|js)")
COMMAND = re.compile(r"\./jingwei ([a-z]+)(?: ([a-z_]+))?")
MANAGE = re.compile(r"manage\.py ([a-z_]+)")
# Made on the machine, or not ours.
MADE = (
    ".venv/",
    "var/",
    "postgres/",
    "attachments/",
    "logs/",
    "static/",
    "run/",
    "imports/",
    "sockets/",
    "archive/",
    "wal/",
    "base/",
)


def short(paper):
    return str(paper.relative_to(ROOT))


def words(paper):
    return paper.read_text(encoding="utf-8")


def is_placeholder(name):
    """`NAME/README.md`, `FILE.csv`: a word in capitals stands for any name."""
    return any(re.fullmatch(r"[A-Z]{2,}", Path(part).stem) for part in name.split("/"))


def is_there(name, paper):
    """From the root or the source; in the paper of a module anywhere in it, in another anywhere in the source."""
    home = paper.parent if paper.is_relative_to(SOURCE) else SOURCE
    return any((folder / name).exists() for folder in (paper.parent, ROOT, SOURCE)) or any(home.glob(f"**/{name}"))


def files(paper):
    named = (name for name in CODE.findall(words(paper)) if FILE.fullmatch(name))
    return [name for name in named if not name.startswith(MADE)]


def test_papers_are_found():
    assert {"README.md", "README.zh.md", "ARCHITECTURE.md", "docs/start/your-first-change.md"} <= set(
        map(short, PAPERS)
    )
    assert len(files(ROOT / "ARCHITECTURE.md")) > 20


@pytest.mark.parametrize("paper", PAPERS, ids=short)
def test_links_of_a_paper_lead_somewhere(paper):
    links = [link for link in LINK.findall(words(paper)) if "://" not in link]

    assert [link for link in links if not (paper.parent / link).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=short)
def test_files_that_a_paper_names_exist(paper):
    assert [name for name in files(paper) if not is_there(name, paper) and not is_placeholder(name)] == []


@pytest.mark.parametrize("paper", PAPERS, ids=short)
def test_commands_that_a_paper_names_exist(paper):
    known = get_commands().keys()
    called = COMMAND.findall(words(paper))
    managed = [more for name, more in called if name == "manage" and more] + MANAGE.findall(words(paper))
    imported = [more for name, more in called if name == "import" and more]

    assert [name for name, _more in called if name not in COMMANDS | {"help": None}] == []
    assert [name for name in managed if name not in known] == []
    assert [name for name in imported if name not in IMPORTS] == []
