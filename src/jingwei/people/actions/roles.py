"""What an installation decides about the duties of a role."""

from collections.abc import Iterable
from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused, clock, publish
from jingwei.people.actions.asking import ask
from jingwei.people.facts import RoleChanged
from jingwei.people.models import Member, RoleDuties
from jingwei.people.roles import ROLES, guarded_duties


@atomic
def set_duties(role: str, duties: Iterable[str], *, by: Member | None, now: datetime | None = None) -> None:
    """From now on `role` gives these duties to everyone who holds it. What `roles.py` says needs no row."""
    named = frozenset(duties)
    if fault := misfit(role, named):
        raise Refused(fault)
    changed = RoleDuties(role=role, duties=sorted(named), changed_at=now or clock.now())
    ask(by, "people.set_duties", changed)
    if named == ROLES[role].duties:
        RoleDuties.objects.filter(pk=role).delete()
    else:
        changed.save()
    publish(RoleChanged(role=role), by=by, at=now)


def misfit(role: str, duties: frozenset[str]) -> str:
    """Why a role cannot give just these duties; "" where it can. Roles of trust keep theirs, and theirs alone."""
    shipped = ROLES[role].duties
    if ROLES[role].is_apart and duties != shipped:
        return _("%(role)s keeps its duties: it is one of those that never meet in one person.") % {
            "role": ROLES[role].title
        }
    taken = sorted((duties - shipped) & guarded_duties())
    if taken:
        return _("%(duties)s: only the roles that never meet in one person have these.") % {"duties": " ".join(taken)}
    return ""
