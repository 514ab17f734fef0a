"""Cases found by what was said in them. Words under policy are searched by one function of the database, in reach."""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Reverse

from jingwei.cases.models import Case
from jingwei.cases.said import headline
from jingwei.kernel.public import allowed
from jingwei.people.public import Member

MOST = 50
LONGEST = 60
"""Characters of what is looked for."""
MOST_NUMBERED = 20


PART = re.compile(r"(?=.*[0-9]{2})[0-9]{0,8}-?[0-9]{0,11}", re.ASCII)


@dataclass(frozen=True)
class Found:
    """A case as the list of what was found shows it: nothing of the words."""

    number: str
    headline: str
    status: str


def found_by_words(member: Member, said: str) -> list[Found]:
    """Cases whose words `member` may read and in which `said` stands, the latest first; at most `MOST`.

    Asked within the member's reach, which the function of the database keeps to; which words are the member's to read
    (`cases.contact`) is asked here.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT find_words(%s, %s)", [said, MOST])
        keys = [key for (key,) in cursor.fetchall()]
    found = allowed(member, "cases.contact", Case.objects.filter(pk__in=keys).newest())
    return [_listed(case) for case in found.select_related("category")]


def found_by_number(member: Member, part: str) -> list[Found]:
    """Cases whose number begins or ends with `part`, two digits or more, the latest first; at most `MOST_NUMBERED`."""
    if not PART.fullmatch(part):
        return []
    named = Case.objects.alias(end=Reverse("number")).filter(Q(number__startswith=part) | Q(end__startswith=part[::-1]))
    found = allowed(member, "cases.desk", named.newest())
    return [_listed(case) for case in found.select_related("category")[:MOST_NUMBERED]]


def _listed(case: Case) -> Found:
    return Found(case.number, headline(case), case.status)
