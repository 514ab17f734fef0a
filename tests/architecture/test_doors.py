"""Modules meet at their doors: `public.py` for all, `testing.py` for tests. Files and functions stay readable."""

import ast
from pathlib import Path

import grimp
import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "jingwei"
MODULES = {"kernel", "ui", "places", "people", "calendars", "cases", "exchange", "portals", "demo"}
DOORS = {"public", "testing"}
# The composition root names every module's addresses and tags; settings come before Django's models.
OPEN_TO_CONFIG = {"urls", "apps", "environment", "web"}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 400, 50, 25


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("jingwei", cache_dir=None)


def parts(name):
    names = name.split(".")
    return names[1] if len(names) > 1 else "", names[2] if len(names) > 2 else ""


def crossings(graph):
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            home, (module, door) = parts(importer)[0], parts(imported)
            if module in MODULES and module != home and ".migrations." not in importer:
                yield importer, imported, home, door


def test_modules_meet_only_at_their_doors(graph):
    found = list(crossings(graph))
    broken = [
        f"{importer} imports {imported}"
        for importer, imported, home, door in found
        if door not in DOORS and not (home == "config" and door in OPEN_TO_CONFIG)
    ]
    assert len(found) > 50
    assert not broken, "\n".join(broken)


def test_only_tests_use_the_builders(graph):
    broken = [
        f"{importer} imports {imported}"
        for importer, imported, _home, door in crossings(graph)
        if door == "testing" and ".tests" not in importer and not importer.endswith(".testing")
    ]
    assert not broken, "\n".join(broken)


def sources():
    return [path for path in SRC.rglob("*.py") if "migrations" not in path.parts]


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_outgrows_its_reader():
    long = {str(path.relative_to(SRC)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    too_long = {name: lines for name, lines in long.items() if lines > LONGEST_FILE and "tests" not in name}
    assert not too_long


def test_no_function_outgrows_its_purpose():
    too_long = [
        f"{path.relative_to(SRC)}:{node.lineno} {node.name} has {length} lines"
        for path in sources()
        for node in functions(path)
        for length in [(node.end_lineno or node.lineno) - node.lineno + 1]
        if length > (LONGEST_VIEW if path.parent.name == "web" else LONGEST_FUNCTION) and "tests" not in path.parts
    ]
    assert not too_long, "\n".join(too_long)
