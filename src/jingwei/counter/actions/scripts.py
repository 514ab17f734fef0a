"""What is said to callers, in editions: none ever changes, the newest of a kind of matter holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.cases.public import current
from jingwei.counter.facts import ScriptPublished
from jingwei.counter.models import Script
from jingwei.kernel.public import Refused, clock, publish, require
from jingwei.people.public import Member

MOST_QUESTIONS, MOST_ANSWERS = 12, 12
LONGEST_QUESTION, LONGEST_TITLE, LONGEST_ANSWER, LONGEST_OPENING = 120, 60, 1000, 1000


@atomic
def publish_script(
    category_code: str,
    *,
    opening: str = "",
    questions: Sequence[str] = (),
    answers: Sequence[Mapping[str, str]] = (),
    reason: str,
    by: Member | None,
    now: datetime | None = None,
) -> Script:
    """Another edition for a kind of matter. One without opening, questions and answers ends it."""
    script = Script(
        category_code=category_code,
        opening=opening.strip(),
        questions=list(dict.fromkeys(questions)),
        answers=[dict(one) for one in answers],
        reason=reason.strip(),
        published_at=now or clock.now(),
        published_by=by,
    )
    if by is not None:
        require(by, "counter.script", script)
    check(script)
    newest = Script.objects.filter(category_code=category_code).aggregate(number=Max("number"))["number"] or 0
    script.number = newest + 1
    script.save(force_insert=True)
    publish(ScriptPublished(what=category_code, number=script.number), by=by, at=script.published_at)
    return script


def check(script: Script) -> None:
    """Refused says what is wrong with a script."""
    code = script.category_code
    if code and not any(known == code or known[:2] == code for known in current()):
        raise Refused(_("There is no category %(code)s.") % {"code": code})
    if not script.reason:
        raise Refused(_("Say in a few words why it changes."))
    if len(script.opening) > LONGEST_OPENING:
        raise Refused(_("The opening has %(n)d characters at most.") % {"n": LONGEST_OPENING})
    if len(script.questions) > MOST_QUESTIONS or any(len(one) > LONGEST_QUESTION for one in script.questions):
        raise Refused(
            _("A checklist has %(n)d questions at most, of %(length)d characters each.")
            % {"n": MOST_QUESTIONS, "length": LONGEST_QUESTION}
        )
    if len(script.answers) > MOST_ANSWERS:
        raise Refused(_("A script has %(n)d answers at most.") % {"n": MOST_ANSWERS})
    for one in script.answers:
        if not (0 < len(one["title"]) <= LONGEST_TITLE and 0 < len(one["text"]) <= LONGEST_ANSWER):
            raise Refused(
                _("An answer has a title of %(title)d characters at most and below it a text of %(text)d.")
                % {"title": LONGEST_TITLE, "text": LONGEST_ANSWER}
            )
