import json

import pytest

from jingwei.command.frontend import BUILT, ENTRIES, FRONTEND, differing
from jingwei.command.node import fits


@pytest.mark.parametrize(
    ("version", "is_fit"),
    [((20, 18), False), ((20, 19), True), ((21, 7), False), ((22, 11), False), ((22, 12), True), ((24, 0), True)],
)
def test_node_fits_as_package_json_says(version, is_fit):
    assert json.loads((FRONTEND / "package.json").read_text())["engines"]["node"] == "^20.19.0 || >=22.12.0"
    assert fits(version) is is_fit


def test_no_node_fits_nothing():
    assert not fits(())


def test_lock_names_no_address_of_a_package():
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]

    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert [name for name, one in packages.items() if name and "integrity" not in one and not one.get("optional")] == []


def test_every_entry_is_built_with_the_licences_of_what_is_in_it():
    for entry in ENTRIES:
        assert (FRONTEND / "src" / f"{entry}.ts").exists()
        assert (BUILT / f"{entry}.js").stat().st_size > 0
    assert "## workbox-core" in (BUILT / "worker-licenses.md").read_text("utf-8")


def test_differing_names_what_is_stale_missing_or_left_over(tmp_path):
    fresh, built = tmp_path / "fresh", tmp_path / "built"
    for folder in (fresh, built):
        folder.mkdir()
        (folder / "same.js").write_text("1")
    (fresh / "stale.js").write_text("2")
    (built / "stale.js").write_text("1")
    (fresh / "missing.js").write_text("")
    (built / "left.js").write_text("")

    assert list(differing(fresh, built)) == ["left.js", "missing.js", "stale.js"]
