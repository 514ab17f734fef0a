"""Reading that leaves a record: nobody opens a reporter's words and contact in silence."""

from django.db.transaction import atomic

from jingwei.cases.facts import WordsRead
from jingwei.cases.models import Case
from jingwei.kernel.public import publish
from jingwei.people.public import Member


@atomic
def open_words(case: Case, *, by: Member) -> None:
    """Note that `by` is shown the words and the contact of a case. Whoever shows them has asked `cases.contact`."""
    publish(WordsRead(case_id=str(case.pk), code=case.code), by=by)
