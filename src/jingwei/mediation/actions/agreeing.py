"""What the parties agree on: its words, who signed when, and the signed paper."""

import hashlib
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from jingwei.attachments.public import read_picture
from jingwei.kernel.public import Refused, clock, environment, uuid7
from jingwei.mediation.actions.holding import holding, note
from jingwei.mediation.models import Agreement, Mediation, Paper, Party
from jingwei.mediation.rules import MOST_PAPERS, check_agreement
from jingwei.people.public import Member

LONGEST = 8000


def write_agreement(
    mediation: Mediation, *, text: str, is_oral: bool = False, by: Member, now: datetime | None = None
) -> Agreement:
    """Its words, as long as nobody has signed them."""
    with holding(mediation, "mediation.work", "agreement", by=by, now=now) as (row, at):
        check_agreement(list(row.parties.values_list("signed_on", flat=True)))
        text = text.strip()
        if not text or len(text) > LONGEST:
            raise Refused(_("Write down what was agreed, in %(n)d characters at most.") % {"n": LONGEST})
        given = {"text": text, "is_oral": is_oral, "written_at": at}
        agreement, _is_new = Agreement.objects.update_or_create(mediation=row, defaults=given)
        note(row, "agreement", by=by, at=at)
    return agreement


def note_signature(party: Party, on: date | None, *, by: Member, now: datetime | None = None) -> None:
    """That a party signed, and on which day; None takes it out again."""
    with holding(party.mediation, "mediation.work", "signature", by=by, now=now) as (row, at):
        agreement = Agreement.objects.filter(mediation=row).first()
        if agreement is None:
            raise Refused(_("Write down what was agreed first."))
        if on is not None and not clock.local(agreement.written_at).date() <= on <= clock.local(at).date():
            raise Refused(_("The agreement was signed between the day when it was written and today."))
        row.parties.filter(pk=party.pk).update(signed_on=on)


def add_paper(mediation: Mediation, data: bytes, *, by: Member, now: datetime | None = None) -> Paper:
    """Keep a photo or scan of the signed paper; the same bytes again are the same paper. It may come after the end."""
    picture = read_picture(data, environment().zone())
    key = hashlib.sha256(data).digest()
    with holding(mediation, "mediation.work", "paper", by=by, now=now, is_open_needed=False) as (row, at):
        known = row.papers.filter(digest=key).first()
        if known is not None:
            return known
        if row.papers.count() >= MOST_PAPERS:
            raise Refused(_("A mediation takes %(n)d papers at most.") % {"n": MOST_PAPERS})
        paper_id = uuid7()
        file = default_storage.save(f"mediation/{at:%Y/%m}/{paper_id}.jpg", ContentFile(picture.data))
        return Paper.objects.create(id=paper_id, mediation=row, file=file, digest=key, member=by, added_at=at)
