"""Cases found by what was said in them. Words under policy are searched by one function of the database, in reach."""

from dataclasses import dataclass

from django.db import connection

from jingwei.cases.models import Case
from jingwei.cases.said import headline
from jingwei.kernel.public import allowed
from jingwei.people.public import Member

MOST = 50
SHORTEST, LONGEST = 2, 60
"""Characters of what is looked for."""


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
    return [Found(case.number, headline(case), case.status) for case in found.select_related("category")]
