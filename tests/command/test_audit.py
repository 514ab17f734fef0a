"""What is inside, and what the advisory service says of it; silence is never taken for a clean bill."""

import json
import sys

import pytest

from jingwei.command import audit as audits
from jingwei.command.audit import read, tell, write_sbom


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


def said(*packages) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


WELL = {"name": "granian", "version": "2.8.7", "vulns": []}
WEAK = {"name": "pillow", "version": "9.0.0", "vulns": [{"id": "PYSEC-2022-10", "fix_versions": ["9.0.1"]}]}
UNKNOWN = {"name": "django", "skip_reason": "Dependency not found"}


def test_known_weakness_is_told_with_its_mend_and_fails(capsys):
    assert tell(read(said(WELL, WEAK), "Found 1 known vulnerability")) == 1
    assert "pillow 9.0.0: PYSEC-2022-10 → 9.0.1" in capsys.readouterr().out


def test_packages_without_known_weakness_are_well(capsys):
    assert tell(read(said(WELL), "")) == 0
    assert "No weakness is known of the 1 packages" in capsys.readouterr().out


def test_service_that_knows_no_package_has_not_said_that_all_is_well(capsys):
    assert tell(read(said(UNKNOWN, UNKNOWN), "No known vulnerabilities found")) == 0

    out = capsys.readouterr().out
    assert "nothing of the 2 packages" in out
    assert "No weakness" not in out


def test_package_that_the_service_does_not_know_is_told(capsys):
    tell(read(said(WELL, UNKNOWN), ""))

    assert "knows 1 of the packages and not 1" in capsys.readouterr().out


def test_service_that_cannot_be_reached_is_told_and_does_not_fail(capsys):
    assert tell(read("", "Traceback\nrequests.exceptions.ConnectionError: no route")) == 0
    assert "could not be asked: requests.exceptions.ConnectionError: no route" in capsys.readouterr().out


def test_sbom_names_every_package_of_the_lock_with_version_and_hashes(tmp_path, monkeypatch):
    lock = tmp_path / "base.txt"
    lock.write_text(
        f"django==5.2.1 \\\n    --hash=sha256:{'a' * 64}\ngranian==2.8.7 \\\n    --hash=sha256:{'b' * 64}\n"
    )
    monkeypatch.setattr(audits, "LOCK", lock)
    monkeypatch.setattr(audits, "PYTHON", sys.executable)

    write_sbom(tmp_path / "sbom.json", tmp_path / "log", lambda: None)

    made = json.loads((tmp_path / "sbom.json").read_text())
    assert (made["bomFormat"], made["metadata"]["component"]["name"]) == ("CycloneDX", "jingwei")
    assert {(part["name"], part["version"]) for part in made["components"]} == {
        ("django", "5.2.1"),
        ("granian", "2.8.7"),
    }
    assert made["components"][0]["externalReferences"][0]["hashes"][0]["alg"] == "SHA-256"
