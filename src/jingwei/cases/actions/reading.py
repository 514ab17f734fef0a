"""Reading that leaves a record: nobody opens a reporter's words and contact in silence."""

from jingwei.cases.models import Case, Report
from jingwei.people.public import Member, note_read

WORDS = "cases.words"


def open_words(case: Case, report: Report | None, *, by: Member) -> None:
    """Note that `by` is shown the words of a case and who reported it. Whoever shows them asked `cases.contact`."""
    note_read(WORDS, subject_id=report.member_id if report else None, thing=str(case.pk), code=case.code, by=by)
