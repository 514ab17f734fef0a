"""Reading that leaves a record: nobody opens a reporter's words and contact in silence."""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.models import Case, Photo, Report
from jingwei.kernel.public import Refused, require
from jingwei.people.public import Member, note_read

WORDS = "cases.words"
PHONE = "cases.phone"
PHOTO = "cases.photo"


def open_words(case: Case, report: Report | None, *, by: Member) -> None:
    """Note that `by` is shown the words of a case and who reported it. Whoever shows them asked `cases.contact`."""
    note_read(WORDS, subject_id=_subject(report), thing=str(case.pk), code=case.code, by=by)


def open_photo(photo: Photo, *, by: Member) -> None:
    """Note that `by` is shown a photo of what was reported in full. Whoever shows it asked `cases.see`."""
    if photo.moment == Photo.Moment.BEFORE and photo.member_id:
        note_read(PHOTO, subject_id=photo.member_id, thing=str(photo.case_id), code=photo.code, by=by)


@atomic
def reveal_phone(case: Case, *, reason: str, words: str = "", by: Member, now: datetime | None = None) -> str:
    """The number of whoever reported the case, for a reason that they will read."""
    require(by, "cases.contact", case)
    report = Report.objects.filter(case_id=case.pk).select_related("member").order_by("received_at").first()
    number = phone_of(report)
    if not number:
        raise Refused(_("No number was left with this report."))
    about = {"thing": str(case.pk), "code": case.code, "reason": reason, "words": words}
    note_read(PHONE, subject_id=_subject(report), by=by, now=now, **about)
    return number


def phone_of(report: Report | None) -> str:
    """The number left with a report, or that of its reporter's account; "" where there is neither."""
    if report is None:
        return ""
    return report.phone or (report.member.phone or "" if report.member else "")


def _subject(report: Report | None) -> int | None:
    return report.member_id if report else None
