"""What `manage.py check --deploy` says about accounts."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import DatabaseError
from django.utils.translation import gettext as _

from jingwei.kernel.public import environment
from jingwei.people.models import Member


@register(Tags.security, deploy=True)
def no_demo_accounts(**_given: Any) -> list[CheckMessage]:
    """Demo accounts, whose passwords are printed for all to see, in what is not a demo."""
    if environment().is_demo:
        return []
    try:
        names = list(Member.objects.filter(is_demo=True, is_active=True).values_list("name", flat=True)[:5])
    except DatabaseError as problem:
        return [
            Warning(
                _("Nobody could see whether there are demo accounts: %(problem)s") % {"problem": problem},
                id="people.W001",
            )
        ]
    if not names:
        return []
    return [
        Error(
            _("There are demo accounts in the database of a real site: %(names)s …") % {"names": ", ".join(names)},
            hint=_("Begin with an empty database, or set JINGWEI_DEMO=1 if this is a demo."),
            id="people.E001",
        )
    ]
