"""What becomes of a call: a case, news of a case that is known already, an answer, or nothing."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext as _

from jingwei.cases.public import Case, Draft, Origin, digest, report_case
from jingwei.counter.accounts import mobile, resident_with_phone
from jingwei.counter.actions.calls import end, held
from jingwei.counter.models import Call
from jingwei.counter.telling import tell_taken
from jingwei.kernel.public import Refused, clock, require
from jingwei.people.public import Member

CHANNELS = {Call.Way.PHONE: "hotline", Call.Way.WALK_IN: "counter"}
SOURCE = "counter"


def report_call(call: Call, *, by: Member, now: datetime | None = None) -> Call:
    """Report what was said, in the name of whom it concerns: they are told, by account or by text message.

    The words, and the contact of somebody else, go to the case and are kept there alone. Refused where something is
    missing.
    """
    now = now or clock.now()
    with held(call, by) as held_call:
        if held_call.place_code is None:
            raise Refused(_("Choose where it is: a place from the list."))
        origin = origin_of(held_call)
        answer = report_case(Draft(origin, occurred_at=now), by=by, now=now)
        held_call.case = Case.objects.get(number=answer.number)
        if not held_call.is_on_behalf:
            held_call.caller_id = origin.member_id
        held_call.words = held_call.for_name = held_call.for_phone = ""
        end(held_call, Call.Outcome.REPORTED, by=by, now=now)
        tell_taken(held_call.case, origin.member_id, origin.phone)
    return held_call


def origin_of(call: Call) -> Origin:
    """The report that a call makes. Its contact is that of whom it concerns, who need not be the caller."""
    name, phone = (call.for_name, call.for_phone) if call.is_on_behalf else (call.name, call.phone)
    said = {
        "call": str(call.pk),
        "words": call.words,
        "category": call.category_code,
        "code": call.place_code,
        "place": call.place,
        "detail": call.detail,
    }
    return Origin(
        id=call.pk,
        code=call.place_code or 0,
        channel=CHANNELS[Call.Way(call.way)],
        digest=digest(msgspec.json.encode(said)),
        words=call.words,
        place=f"{call.place} {call.detail}".strip(),
        longitude=call.longitude,
        latitude=call.latitude,
        category_code=call.category_code,
        name=name,
        phone=phone,
        member_id=resident_with_phone(phone),
        source=SOURCE,
        source_key=str(call.pk),
    )


def answer_call(call: Call, *, answer: str, by: Member, now: datetime | None = None) -> Call:
    """Asked and answered: counted and closed with what was answered, without a case."""
    now, answer = now or clock.now(), answer.strip()
    if not answer:
        raise Refused(_("Write what was answered, or choose an answer from the script."))
    with held(call, by) as held_call:
        if not (held_call.words or held_call.category_code):
            raise Refused(_("Write in a few words what was asked, or choose the class."))
        held_call.answer = answer
        end(held_call, Call.Outcome.ANSWERED, by=by, now=now)
    return held_call


def follow_call(call: Call, case: Case, *, wants_news: bool = False, by: Member, now: datetime | None = None) -> Call:
    """It is known already: no second case is made, and the caller is told how it goes on if they wish."""
    now = now or clock.now()
    require(by, "cases.desk", case)
    with held(call, by) as held_call:
        held_call.caller_id = held_call.caller_id or resident_with_phone(held_call.phone)
        if wants_news and held_call.caller_id is None and not mobile(held_call.phone):
            raise Refused(_("News go to a mobile number. Write it down, or go on without news."))
        held_call.case, held_call.wants_news = case, wants_news
        end(held_call, Call.Outcome.FOLLOWED, by=by, now=now)
    return held_call


def drop_call(call: Call, *, by: Member, now: datetime | None = None) -> Call:
    """Broken off, a wrong number, silence: counted, and nothing else is kept."""
    now = now or clock.now()
    with held(call, by) as held_call:
        for name in ("name", "phone", "for_name", "for_phone", "words", "place", "detail"):
            setattr(held_call, name, "")
        held_call.place_code = held_call.longitude = held_call.latitude = held_call.caller_id = None
        end(held_call, Call.Outcome.DROPPED, by=by, now=now)
    return held_call
