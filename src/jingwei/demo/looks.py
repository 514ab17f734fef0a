"""Reports of the demo street that ask for a look, and one decision with an end, against which somebody appeals."""

from datetime import datetime, timedelta

from jingwei.cases.public import Case, Draft, Origin, digest, reject_case, report_case
from jingwei.demo.acting import member, resident
from jingwei.demo.people import Cast, officers_of
from jingwei.kernel.public import clock, uuid7
from jingwei.people.public import Member
from jingwei.repeats.public import Flag, appeal_limit, examine, limit_sender

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAME = "对面工地又在半夜倒渣土，到底有没有人管？"
RUDE = "你们这帮王八蛋，垃圾堆了三天没人收！"
ANSWER = "工地已于昨日查处停工，夜间由城管值守，详见上一件的答复。"
REASON = "三天内同一内容报了三次，工地已查处并答复。新的上报先由人看一遍，确认是新情况再立案。"
APPEAL = "后两次是新的地点，不是同一件事，请再看一下。"
DAYS = 14


def build_looks(cast: Cast, now: datetime) -> int:
    """Gives how many flags are new. None where there were any."""
    if Flag.objects.exists():
        return 0
    home = cast.staff["grid-0207"].code
    assert home is not None
    told, angry = (resident(one.phone) for one in cast.residents_of(home)[2:4])
    officer = member(officers_of(home)[0])
    for days in (4, 3, 2):
        at = now - days * DAY
        case, flags = _reported(SAME, told, home, at)
        with clock.frozen(at + HOUR):
            reject_case(case, reason="already_solved", words=ANSWER, by=officer)
    limit = limit_sender(flags[0], measure="look", reason=REASON, days=DAYS, by=officer, now=at + HOUR)
    appeal_limit(limit, words=APPEAL, by=told, now=now - DAY)
    _reported(RUDE, angry, home, now - 2 * HOUR)
    return Flag.objects.count()


def _reported(words: str, by: Member, code: int, at: datetime) -> tuple[Case, list[Flag]]:
    """A report, and why somebody should look at it."""
    key = uuid7()
    origin = Origin(
        id=key, code=code, channel="resident", digest=digest(key.bytes), words=words, place="", member_id=by.pk
    )
    with clock.frozen(at):
        answer = report_case(Draft(origin, occurred_at=at), by=by, now=at)
        case = Case.objects.get(number=answer.number)
        return case, examine(case.pk, now=at)
