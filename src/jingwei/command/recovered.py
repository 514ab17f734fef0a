"""The second half of `restore --to`: what was recovered beside the old data takes its place.

Writing `recovered.json` is the moment of decision. From then on `finish_recovery` may be broken off and called again,
by whichever command comes next, until the recovered data stand in their place and the old are gone.
"""

import shutil
from contextlib import suppress
from pathlib import Path

from jingwei.command.archive import Archive, Base
from jingwei.command.layout import Home, read_json, write_json


def fresh_folder(home: Home) -> Path:
    return home.path / "postgres.recovered"


def fresh_attachments(home: Home) -> Path:
    return home.path / "attachments.recovered"


def decision(home: Home) -> Path:
    return home.path / "recovered.json"


def decide_recovery(home: Home, base: Base) -> None:
    """Passwords are those of the recovered database; keys of columns are all that either knows, ours in use."""
    theirs, ours = read_json(base.secrets), read_json(home.secrets)
    ring = dict.fromkeys([*_words(theirs.get("field_keys", "")), *_words(ours.get("field_keys", ""))])
    newest = _words(ours.get("field_keys", "") or theirs.get("field_keys", ""))[-1:]
    words = [word for word in ring if word not in newest] + newest
    secrets = {**theirs, **ours, "passwords": theirs["passwords"], "field_keys": ",".join(words)}
    write_json(decision(home), {"secrets": secrets, "demo_logins": read_json(base.demo_logins)})


def _words(ring: str) -> list[str]:
    return ring.replace(",", " ").split()


def finish_recovery(home: Home) -> None:
    """Does nothing where none was decided. Call only in sole use, with no server over the home."""
    decided = read_json(decision(home))
    if not decided:
        return
    for fresh, place in ((fresh_folder(home), home.cluster), (fresh_attachments(home), home.attachments)):
        _swap(fresh, place)
    write_json(home.secrets, decided["secrets"])
    if decided["demo_logins"] and not home.demo_logins.exists():
        write_json(home.demo_logins, decided["demo_logins"])
    Archive.of(home).keep_histories(home.cluster / "pg_wal")
    for place in (home.cluster, home.attachments):
        shutil.rmtree(_aside(place), ignore_errors=True)
    decision(home).unlink()


def _swap(fresh: Path, place: Path) -> None:
    if not fresh.exists():
        return
    aside = _aside(place)
    if aside.exists():
        # Broken off between the two renames; what stands there now was made empty by a later start.
        with suppress(FileNotFoundError):
            place.rmdir()
    elif place.exists():
        place.rename(aside)
    fresh.rename(place)


def _aside(place: Path) -> Path:
    return place.with_name(f"{place.name}.replaced")
