"""`doctor`: looks at everything that has to be true, and says in a sentence how to mend what is not.

Exit code 0 where nothing is bad, 1 otherwise. A check is a function of `Patient`, listed in CHECKS.
"""

import json
import os
import shutil
import stat
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jingwei.command import programs
from jingwei.command.database import Database, SqlError
from jingwei.command.diagnosis import Answers, ask
from jingwei.command.environment import is_current
from jingwei.command.keys import RING_FILE, Keys
from jingwei.command.layout import Home, read_json
from jingwei.command.recovery import DEFAULT_ZONE
from jingwei.command.supervisor import running
from jingwei.command.trouble import Trouble
from jingwei.command.up import DEFAULT_PORT, check_port
from jingwei.command.words import say

Level = Literal["ok", "warn", "bad"]
SIGNS: dict[Level, str] = {"ok": "✓", "warn": "!", "bad": "✗"}
GIGABYTE = 1_000_000_000
LEAST_FREE = 0.2
LEAST_BYTES = GIGABYTE
LEAST_MEMORY = 2 * GIGABYTE
LEAST_AVAILABLE = GIGABYTE // 2
MOST_DRIFT = 2.0
WORST_DRIFT = 60.0
OLDEST_BACKUP = timedelta(hours=36)
OTHERS = stat.S_IRWXG | stat.S_IRWXO
PASSING = stat.S_IXGRP | stat.S_IXOTH
"""The database's own system user goes through the home, and sees nothing there."""


@dataclass(frozen=True)
class Finding:
    check: str
    level: Level
    says: str


@dataclass
class Patient:
    home: Home
    answers: Answers | None = None
    silence: str = ""
    state: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def is_demo(self) -> bool:
        stamps = self.answers.stamps if self.answers else {}
        return stamps.get("demo", "none") != "none"


def doctor(options: Namespace) -> int:
    findings = list(examine(Home.from_environment()))
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{SIGNS[finding.level]} {finding.says}")
        print(say("doctor_total", **{level: sum(one.level == level for one in findings) for level in SIGNS}))
    return int(any(finding.level == "bad" for finding in findings))


def examine(home: Home) -> Iterator[Finding]:
    patient = Patient(home, state=running(home))
    try:
        if home.secrets.exists() or os.environ.get("JINGWEI_DATABASE_URL"):
            patient.answers = ask(Database.of(home))
    except (SqlError, Trouble) as error:
        patient.silence = str(error)
    for check in CHECKS:
        name = check.__name__
        for level, phrase, values in check(patient):
            yield Finding(name, level, say(phrase, **values))


Said = Iterator[tuple[Level, str, dict[str, Any]]]


def python(_patient: Patient) -> Said:
    version = ".".join(map(str, sys.version_info[:3]))
    yield (
        ("ok", "doctor_python", {"version": version})
        if is_current("base")
        else ("warn", "doctor_packages", {"version": version})
    )


def disk(patient: Patient) -> Said:
    folder = next(path for path in (patient.home.path, *patient.home.path.parents) if path.exists())
    usage = shutil.disk_usage(folder)
    level: Level = "bad" if usage.free < LEAST_BYTES else "warn" if usage.free < LEAST_FREE * usage.total else "ok"
    told = {"folder": folder, "free": f"{usage.free / GIGABYTE:.1f}", "share": round(100 * usage.free / usage.total)}
    yield level, "doctor_disk" if level == "ok" else "doctor_disk_low", told


def memory(_patient: Patient) -> Said:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:  # another system than Linux
        return
    size = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}
    total, free = size["MemTotal"], size["MemAvailable"]
    told = {"total": f"{total / GIGABYTE:.1f}", "free": f"{free / GIGABYTE:.1f}"}
    is_low = total < LEAST_MEMORY or free < LEAST_AVAILABLE
    yield ("warn", "doctor_memory_low", told) if is_low else ("ok", "doctor_memory", told)


def port(patient: Patient) -> Said:
    if patient.state:
        yield "ok", "doctor_running", {"url": patient.state["url"]}
        return
    try:
        check_port(DEFAULT_PORT)
    except Trouble as trouble:
        yield "warn", "doctor_sentence", {"sentence": trouble}
    else:
        yield "ok", "doctor_port", {"port": DEFAULT_PORT}


def time_zone(_patient: Patient) -> Said:
    name = os.environ.get("JINGWEI_TIME_ZONE") or DEFAULT_ZONE
    try:
        here = datetime.now(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        yield "bad", "doctor_no_time_zone", {"name": name}
    else:
        yield "ok", "doctor_time_zone", {"name": name, "now": f"{here:%Y-%m-%d %H:%M}"}


def clock(patient: Patient) -> Said:
    if patient.answers is None:
        return
    drift = abs(patient.answers.drift)
    level: Level = "bad" if drift > WORST_DRIFT else "warn" if drift > MOST_DRIFT else "ok"
    yield level, "doctor_clock" if level == "ok" else "doctor_clock_off", {"seconds": f"{drift:.1f}"}


def rights(patient: Patient) -> Said:
    """Who else on the machine may read the data folder."""
    home = patient.home
    places = (
        home.path,
        home.secrets,
        home.demo_logins,
        home.attachments,
        home.logs,
        home.backups,
        home.path / "archive",
    )
    there = [path for path in places if path.exists()]
    open_to_others = [path for path in there if path.stat().st_mode & OTHERS & ~(PASSING if path == home.path else 0)]
    if not there:
        yield "warn", "doctor_no_home", {"home": home.path}
    elif open_to_others:
        yield "bad", "doctor_rights_open", {"paths": " ".join(map(str, open_to_others))}
    else:
        yield "ok", "doctor_rights", {"home": home.path}


def keys(patient: Patient) -> Said:
    if not patient.home.secrets.exists():
        phrase = "doctor_keys_lost" if patient.home.cluster.exists() else "doctor_no_keys"
        yield ("bad" if phrase == "doctor_keys_lost" else "warn"), phrase, {"path": patient.home.secrets}
        return
    held = Keys.of(patient.home)
    try:
        held.ring_in_force.split()
    except OSError:
        yield "bad", "doctor_no_key_file", {"path": os.environ[RING_FILE]}
    else:
        yield "ok", "doctor_keys", {"path": patient.home.secrets}


def database(patient: Patient) -> Said:
    if patient.answers is None:
        phrase = "doctor_database_silent" if patient.silence else "doctor_database_not_made"
        yield ("bad" if patient.silence and patient.state else "warn"), phrase, {"reason": patient.silence}
        return
    found = patient.answers
    yield "ok", "doctor_database", {"version": found.version, "size": f"{found.size / 1_000_000:.0f}"}
    if found.unsafe_settings:
        yield "bad", "doctor_database_unsafe", {"settings": ", ".join(found.unsafe_settings)}
    if found.talkative_settings:
        yield "warn", "doctor_database_talks", {"settings": ", ".join(found.talkative_settings)}


def roles(patient: Patient) -> Said:
    """Whether web and worker could get round the policies of the rows."""
    if patient.answers is None:
        return
    if patient.answers.mighty_roles:
        yield "bad", "doctor_roles_mighty", {"roles": ", ".join(patient.answers.mighty_roles)}
    elif patient.answers.sleeping_policies:
        yield "bad", "doctor_policies_sleep", {"tables": ", ".join(patient.answers.sleeping_policies)}
    else:
        yield "ok", "doctor_roles", {"tables": patient.answers.protected_tables}


def migrations(patient: Patient) -> Said:
    if patient.answers is not None:
        yield (
            ("ok", "doctor_migrated", {})
            if programs.is_migrated(patient.answers.stamps)
            else ("warn", "doctor_not_migrated", {})
        )


def site(patient: Patient) -> Said:
    """What a real site sets. A demo need not."""
    if patient.is_demo:
        yield "warn", "doctor_is_demo", {"home": patient.home.path}
        return
    missing = [name for name in ("JINGWEI_HTTPS", "JINGWEI_ALLOWED_HOSTS") if not os.environ.get(name)]
    yield ("warn", "doctor_site_unset", {"names": ", ".join(missing)}) if missing else ("ok", "doctor_site", {})


def backups(patient: Patient) -> Said:
    made = [datetime.fromisoformat(at) for at in read_json(patient.home.backups).values()]
    if not made:
        yield ("ok" if patient.is_demo else "warn"), "doctor_no_backup", {}
    else:
        age = datetime.now(UTC) - max(made)
        hours = f"{age / timedelta(hours=1):.1f}"
        yield (
            ("warn", "doctor_backup_old", {"hours": hours})
            if age > OLDEST_BACKUP
            else ("ok", "doctor_backup", {"hours": hours})
        )
    if patient.answers and patient.answers.archive_failure:
        yield "bad", "doctor_archive_fails", {"wal": patient.answers.archive_failure}


def works(patient: Patient) -> Said:
    """The programs, as the site itself says."""
    if not patient.state:
        yield "warn", "doctor_nothing_runs", {}
        return
    checks = programs.readiness(patient.state["port"]).get("checks", {})
    if not checks:
        yield "bad", "doctor_web_silent", {"url": patient.state["url"]}
    for name, found in checks.items():
        yield ("ok", "doctor_works", {"name": name}) if found["ok"] else ("bad", "doctor_does_not_work", {"name": name})


CHECKS: tuple[Callable[[Patient], Said], ...] = (
    python, disk, memory, port, time_zone, clock, rights, keys, database, roles, migrations, site, backups, works,
)  # fmt: skip
