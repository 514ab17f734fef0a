"""What roles give in this installation: what `roles.py` says, but for those that it has decided otherwise about."""

from jingwei.people.models import RoleDuties
from jingwei.people.roles import ROLES


def duties_by_role() -> dict[str, frozenset[str]]:
    """The duties of every role. One query; a member's posts come with theirs."""
    changed = dict(RoleDuties.objects.values_list("role", "duties"))
    return {key: frozenset(changed.get(key, role.duties)) for key, role in ROLES.items()}


def roles_with(duty: str) -> list[str]:
    """The roles that give `duty`."""
    return [role for role, duties in duties_by_role().items() if duty in duties]
