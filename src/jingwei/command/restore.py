"""`restore`: a backup takes the place of what is there, whole or not at all.

Everything is checked, then unpacked and loaded beside the old data; `replacement.py` does the rest.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
import time
from argparse import Namespace
from pathlib import Path, PurePosixPath
from typing import Any

from jingwei.command.access import ensure_environment, started
from jingwei.command.backup import ATTACHMENTS, DUMP, FORMAT, KEYS, MANIFEST, Members, own_version
from jingwei.command.binaries import client_binaries
from jingwei.command.database import Database, SqlError, quoted, run_sql
from jingwei.command.environment import check_space
from jingwei.command.keys import OWNER, Keys, ring_ids
from jingwei.command.layout import SOURCE, Home
from jingwei.command.progress import Progress, Tick
from jingwei.command.recovered import finish_recovery
from jingwei.command.replacement import decide_restore, finish_restore, loaded_name, unpacked_folder
from jingwei.command.supervisor import end_leftovers, sole_use
from jingwei.command.trouble import Trouble
from jingwei.command.words import say

SECTIONS = ("pre-data", "data", "post-data")
"""One after the other: an index of names reads the table of how characters are spoken, which has to be filled first."""
PART_BYTES = 1 << 20
LOADED_TIMES = 4
"""A dump is compressed: unpacked, loaded and indexed it takes a multiple of its size."""


def restore(options: Namespace) -> int:
    home = Home.from_environment()
    source = Path(options.file).absolute()
    progress = Progress(4)
    began = time.monotonic()
    with progress.step("step_check_backup") as tick:
        manifest = read_manifest(source, tick)
        check_manifest(manifest)
    ensure_environment("base", home, progress)
    with sole_use(home, "restore"):
        end_leftovers(home)
        finish_recovery(home)
        with started(Database.of(home), home) as database:
            _restore(home, database, source, manifest, progress, may_replace=options.replace)
    seconds = f"{time.monotonic() - began:.1f}"
    print(say("restored", path=source, made_at=manifest["made_at"], seconds=seconds))
    return 0


def _restore(
    home: Home, database: Database, source: Path, manifest: dict[str, Any], progress: Progress, *, may_replace: bool
) -> None:
    finish_restore(home, database)
    if "migrations" in database.stamps() and not may_replace:
        raise Trouble("home_not_empty", home=home.path)
    if manifest["postgres"] > database.server_major():
        raise Trouble("backup_of_newer_server", theirs=manifest["postgres"], ours=database.server_major())
    check_space(home.path, LOADED_TIMES * source.stat().st_size)
    with tempfile.TemporaryDirectory(dir=home.path, prefix="restore-") as scratch:
        with progress.step("step_unpack"):
            keys = _unpack(source, Path(scratch), unpacked_folder(home))
            check_field_keys(manifest, keys, database.keys)
        with progress.step("step_load"):
            _load(database, Path(scratch) / DUMP)
    with progress.step("step_replace"):
        decide_restore(home, keys)
        finish_restore(home, database)


def read_manifest(source: Path, tick: Tick) -> dict[str, Any]:
    """The manifest, after every member has been read and compared with it."""
    found: Members = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source, mode="r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None:
                    raise Trouble("backup_damaged", path=source, what=entry.name)
                if entry.name == MANIFEST:
                    manifest = json.loads(content.read())
                    continue
                digest = hashlib.sha256()
                while part := content.read(PART_BYTES):
                    digest.update(part)
                found[entry.name] = {"bytes": entry.size, "sha256": digest.hexdigest()}
                tick()
    except FileNotFoundError as error:
        raise Trouble("no_such_file", path=source) from error
    except (OSError, tarfile.TarError, ValueError) as error:
        raise Trouble("backup_damaged", path=source, what=error) from error
    if not manifest.keys() >= {"format", "version", "made_at", "postgres", "migrations", "members"}:
        raise Trouble("backup_damaged", path=source, what=MANIFEST)
    for name in manifest["members"].keys() | found.keys():
        if manifest["members"].get(name) != found.get(name):
            raise Trouble("backup_damaged", path=source, what=name)
    return manifest


def check_manifest(manifest: dict[str, Any]) -> None:
    """Refuse what a newer version of the platform has written."""
    is_newer = manifest["format"] > FORMAT or _number(manifest["version"]) > _number(own_version())
    if is_newer or unknown_migrations(manifest["migrations"]):
        raise Trouble("backup_of_newer_version", theirs=manifest["version"], ours=own_version())


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def unknown_migrations(names: list[str]) -> list[str]:
    """Those of our own modules that this version has no file for."""
    folders = {path.parent.name: path for path in SOURCE.glob("jingwei/**/migrations") if path.is_dir()}
    pairs = (name.split(".", 1) for name in names)
    return [f"{app}.{name}" for app, name in pairs if app in folders and not (folders[app] / f"{name}.py").exists()]


def _unpack(source: Path, scratch: Path, attachments: Path) -> dict[str, Any]:
    """The dump into `scratch`, the attachments into their folder; the backup's keys."""
    shutil.rmtree(attachments, ignore_errors=True)
    attachments.mkdir(mode=0o700)
    keys: dict[str, Any] = {}
    with tarfile.open(source, mode="r:") as tar:
        for entry in tar:
            content = tar.extractfile(entry)
            if content is None or entry.name == MANIFEST:
                continue
            if entry.name == KEYS:
                keys = json.load(content)
                continue
            target = scratch / DUMP if entry.name == DUMP else _place(attachments, entry.name, source)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(content, file, PART_BYTES)
    return keys


def check_field_keys(manifest: dict[str, Any], keys: dict[str, Any], ours: Keys) -> None:
    """Refuse a backup whose encrypted columns neither its own keys nor those in force here would open."""
    ring = keys.get("field_keys") if ours.has_own_ring else ""
    held = ring_ids(ring or ours.ring_in_force)
    if missing := [key for key in manifest.get("field_keys", []) if key not in held]:
        raise Trouble("backup_needs_keys", ids=", ".join(missing))


def _place(attachments: Path, name: str, source: Path) -> Path:
    """Where an attachment goes; nothing leads out of its folder."""
    inner = PurePosixPath(name.removeprefix(ATTACHMENTS))
    if not name.startswith(ATTACHMENTS) or inner.is_absolute() or ".." in inner.parts:
        raise Trouble("backup_damaged", path=source, what=name)
    return attachments / inner


def _load(database: Database, dump: Path) -> None:
    name = loaded_name(database)
    try:
        run_sql(database.admin, f"DROP DATABASE IF EXISTS {quoted(name)}", apart=True)
        database.create(name)
        database.grant_access(name)
    except SqlError as error:
        raise Trouble("database_refused", reason=error) from error
    url, environment = database.login(OWNER, name)
    program = client_binaries(database.server_major()).path("pg_restore")
    for section in SECTIONS:
        command = [
            program, "--exit-on-error", "--no-owner", "--jobs", "2", "--section", section, "--dbname", url, str(dump),
        ]  # fmt: skip
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if ran.returncode:
            run_sql(database.admin, f"DROP DATABASE IF EXISTS {quoted(name)}", apart=True)
            raise Trouble("load_failed", reason=ran.stderr.strip())
