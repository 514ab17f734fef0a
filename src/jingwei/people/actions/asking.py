"""How an action asks its permit."""

from django.db.models import Model

from jingwei.kernel.public import require
from jingwei.people.models import Member


def ask(by: Member | None, permit: str, thing: Model) -> None:
    if by is not None:
        require(by, permit, thing)
