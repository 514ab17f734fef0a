"""A demo login for each kind of work, with passwords made for this installation, readable by its owner only."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.db.transaction import atomic

from jingwei.demo.people import build_cast
from jingwei.demo.town import build_town
from jingwei.kernel.public import environment
from jingwei.people.public import DUTIES, ApiKey, Member, create_key, register_software, revoke_key, set_password

STAFF = {
    "desk": "dispatcher-1",
    "field": "grid-0207",
    "department": "drainage-1-1",
    "community": "officer-0201",
    "leader": "leader-1",
    "staffing": "posting-officer-1",
    "administrator": "district-administrator",
    "security": "district-security-officer",
    "auditor": "district-auditor",
}
SOFTWARE = "demo"
PASSWORD_BYTES = 12


def logins_file() -> Path:
    return environment().home / "demo-logins.json"


@atomic
def write_logins() -> bool:
    """Passwords and a key for the demo, unless the file and the database agree already. Whether they are new."""
    path = logins_file()
    if _is_current(path):
        return False
    logins: dict[str, dict[str, str]] = {}
    for portal, username in STAFF.items():
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        set_password(Member.objects.get(username=username), password, by=None)
        logins[portal] = {"name": username, "password": password}
    logins["resident"] = {"phone": build_cast().residents[0].phone}
    _write(path, {"logins": logins, "api_key": _new_key()})
    return True


def _is_current(path: Path) -> bool:
    """Whether everything in the file opens the door it says."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        staff = {portal: (known["logins"][portal]["name"], known["logins"][portal]["password"]) for portal in STAFF}
        prefix = known["api_key"].split("_")[1]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False
    members = {one.username: one for one in Member.objects.filter(username__in=STAFF.values())}
    return (
        all(name in members and members[name].check_password(password) for name, password in staff.values())
        and ApiKey.objects.filter(prefix=prefix, revoked_at=None).exists()
    )


def _new_key() -> str:
    """A key with everything that keys may hold, for the whole street; earlier ones end."""
    member = Member.objects.filter(kind=Member.Kind.SOFTWARE, name=SOFTWARE, is_demo=True).first()
    member = member or register_software(name=SOFTWARE, is_demo=True, by=None)
    for key in member.api_keys.filter(revoked_at=None):
        revoke_key(key, by=None)
    duties = [duty.key for duty in DUTIES.values() if duty.is_for_keys]
    _key, token = create_key(member, name=SOFTWARE, duties=duties, codes=[build_town().street], by=None)
    return token


def _write(path: Path, contents: dict[str, Any]) -> None:
    """Never readable by others, not even while it is written; replaced in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(contents, file, ensure_ascii=False, indent=2)
        file.write("\n")
    draft.replace(path)
