"""Who is told of an appeal: those who decide it, and of the decision both sides."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jingwei.cases.hearers import reporters_of
from jingwei.cases.models import Case, Errand, Step
from jingwei.cases.telling import OLD_NEWS, news_text, work_text
from jingwei.cases.telling_clocks import posted
from jingwei.cases.workflow import Level
from jingwei.kernel.public import FactRow, clock
from jingwei.notices.public import Kind, Text, To, Value, notify, register_text

BY = Value("by", "2026-11-24T08:00:00+00:00", Kind.MOMENT)
TO_DECIDE = work_text(
    "appeal_made",
    _("An appeal waits for a decision"),
    _("An appeal on case %(number)s is to be decided by: %(by)s."),
    BY,
)
CHARGED = work_text(
    "appeal_against",
    _("An appeal against a decision of yours"),
    _("Whoever reported case %(number)s has appealed against its not being filed. Somebody else decides by: %(by)s."),
    BY,
)
RATING_DOUBTED = news_text(
    "rating_appealed",
    _("Your rating is looked at"),
    _(
        "Whoever handled case %(number)s says that your rating is not about their work. It stays as you gave it, "
        "whatever is decided, and nobody there learns who you are."
    ),
)
DECIDED = work_text(
    "appeal_ended",
    _("An appeal is decided"),
    _("The appeal on case %(number)s is decided. Open it to read the grounds."),
)
TOLD_REPORTER = news_text(
    "appeal_decided",
    _("An appeal is decided"),
    _("The appeal on case %(number)s is decided. Open it to read why, and what you can do."),
    sms=_("The appeal on %(number)s is decided. Read why:"),
)


def register() -> None:
    for text in (TO_DECIDE, CHARGED, RATING_DOUBTED, DECIDED, TOLD_REPORTER):
        register_text(text)


def tell_of_appeal(fact: FactRow) -> None:
    """Tell those who decide and the other side that there is an appeal; both sides what was decided."""
    case = Case.objects.filter(pk=UUID(fact.data["case_id"])).first()
    if case is None or clock.now() - fact.occurred_at > OLD_NEWS:
        return
    if fact.data["verb"] == "appeal":
        for errand in _appeals(case).filter(opened_at=fact.occurred_at):
            _tell_of_appeal(case, errand, fact)
    else:
        for errand in _appeals(case).filter(ended_at=fact.occurred_at):
            _tell_of_decision(case, errand, fact)


def _appeals(case: Case) -> QuerySet[Errand]:
    return Errand.objects.filter(case_id=case.pk, kind=Errand.Kind.APPEAL)


def _tell_of_appeal(case: Case, errand: Errand, fact: FactRow) -> None:
    values = {"number": case.number, "by": errand.due_at.isoformat()}
    _send(TO_DECIDE, posted("cases.judge", case, (Level(errand.level),)), values, fact, case)
    if errand.about == "rejection":
        _send(CHARGED, _made_by(case, "reject"), values, fact, case)
    elif errand.about == "rating":
        _send(RATING_DOUBTED, reporters_of(case), {"number": case.number}, fact, case)


def _tell_of_decision(case: Case, errand: Errand, fact: FactRow) -> None:
    """The office that appealed, or whose decision it was; whoever reported it, unless it is between offices."""
    values = {"number": case.number}
    if errand.about != "clock":
        _send(TOLD_REPORTER, reporters_of(case), values, fact, case)
    verb = "reject" if errand.about == "rejection" else "appeal"
    _send(DECIDED, _made_by(case, verb, errand), values, fact, case)


def _made_by(case: Case, verb: str, errand: Errand | None = None) -> list[To]:
    """Whoever made the last move of this kind; with an appeal, that one's."""
    steps = Step.objects.filter(case_id=case.pk, verb=verb, actor__isnull=False).order_by("-pk")
    if verb == "appeal" and errand is not None:
        steps = steps.filter(occurred_at=errand.opened_at)
    return [To(key) for key in steps.values_list("actor_id", flat=True)[:1] if key is not None]


def _send(text: Text, to: list[To], values: dict[str, str], fact: FactRow, case: Case) -> None:
    """Whoever made the move is told nothing: they were there."""
    others = [one for one in to if one.member_id is None or one.member_id != fact.actor_id]
    notify(others, text.key, values, key=f"{text.key}:{fact.seq}", about=str(case.pk))
