"""The counter of the demo street: what is said to callers, a clerk's day of calls and walk-ins, who was asked first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jingwei.cases.public import OPEN, Case
from jingwei.counter.public import (
    Call,
    Script,
    answer_call,
    begin_call,
    drop_call,
    follow_call,
    hand_call,
    note_asked,
    park_call,
    publish_script,
    report_call,
    wrap_call,
    write_call,
)
from jingwei.demo.acting import member
from jingwei.demo.people import clerk_of, officers_of
from jingwei.demo.town import Town
from jingwei.kernel.public import clock
from jingwei.people.public import Member

TAKER, DISPATCHER = "call-taker-1", "dispatcher-1"
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
NOISE, HARDSHIP, CERTIFICATES = "2801", "3204", "36"
HELLO = "您好，柳岸街道服务热线，请问有什么可以帮您？"
SCRIPTS: Sequence[tuple[str, str, Sequence[str], Sequence[tuple[str, str]]]] = (
    (
        "",
        HELLO,
        ("事情发生在哪里，附近有什么标志？", "有没有人受伤或有危险？", "方便留一个能联系到您的手机号吗？"),
        (("办理时限", "我们会在时限内答复您，进展会发到您的手机上。"),),
    ),
    (
        NOISE,
        "您好，噪声确实影响休息，我先把情况记下来。",
        ("从几点开始，持续多久？", "是哪一户或哪家店？", "之前沟通过吗？"),
        (("夜间施工", "晚上十点到早上六点不得施工，我们马上请社区上门劝阻，仍不停止的由城管处理。"),),
    ),
    (
        CERTIFICATES,
        "您好，请问您要办哪一项？我帮您看要带什么材料。",
        ("本人办理还是代办？", "手机上办过吗？"),
        (
            ("居住证", "带身份证和租房合同，到社区驿站或手机上都能办，五个工作日内办好。"),
            ("社保卡", "带身份证到街道服务大厅二楼社保窗口，工作日九点到五点，当场可取。"),
            ("老年人优待证", "满六十五岁带身份证和一张一寸照片，社区驿站可以帮您代办。"),
        ),
    ),
)
ANSWERED = (
    ("居住证到期了怎么续？", "3604", SCRIPTS[2][3][0][1], Call.Way.PHONE, 155),
    ("老年人优待证在哪里办？", "3209", SCRIPTS[2][3][2][1], Call.Way.WALK_IN, 96),
    ("社保卡坏了，去哪里补？", "3603", SCRIPTS[2][3][1][1], Call.Way.PHONE, 121),
)
"""For each: what was asked, its kind, what was answered, how they came, and how many seconds it took."""
ASKED = (
    ("shown", "36", "社保窗口在哪里"),
    ("handled", "36", "帮忙打印居住证回执"),
    ("explained", "30", "物业费为什么涨"),
    ("on_behalf", "32", "替老人申请上门理发"),
    ("forwarded", "23", "小区门口违停没人管"),
    ("shown", "33", "体检在哪里预约"),
    ("explained", "31", "楼道堆物谁来管"),
)
ROUNDS = 9
"""How often that was asked in the last month, each time of others."""


def build_calls(town: Town, now: datetime) -> int:
    """Gives how many calls and notes are new. None where a script was ever published."""
    if Script.objects.exists():
        return 0
    for kind, opening, questions, answers in SCRIPTS:
        said = [{"title": title, "text": text} for title, text in answers]
        since = now - 60 * DAY
        publish_script(kind, opening=opening, questions=questions, answers=said, reason="首版", by=None, now=since)
    taker = member(TAKER)
    return _day(taker, now) + _open(taker, town, now) + _notes(town, now)


def _call(way: str, at: datetime, by: Member, **said: object) -> Call:
    return write_call(begin_call(way, by=by, now=at), by=by, **said)


def _day(clerk: Member, now: datetime) -> int:
    """What a clerk is done with: questions answered, a matter that was known, a line that broke off."""
    at = now - 150 * MINUTE
    for words, kind, answer, way, seconds in ANSWERED:
        call = _call(way, at, clerk, words=words, category_code=kind, phone=_phone(seconds))
        _wrap(answer_call(call, answer=answer, by=clerk, now=at + seconds * SECOND), clerk)
        at += 19 * MINUTE
    case = Case.objects.filter(status__in=OPEN, follows=None).order_by("-reported_at", "-pk")[0]
    call = _call(Call.Way.PHONE, at, clerk, words="催一下，昨天就报过了", phone=_phone(88))
    _wrap(follow_call(call, case, wants_news=True, by=clerk, now=at + 88 * SECOND), clerk)
    _wrap(drop_call(_call(Call.Way.PHONE, at + 6 * MINUTE, clerk), by=clerk, now=at + 7 * MINUTE), clerk)
    return len(ANSWERED) + 2


def _wrap(call: Call, clerk: Member) -> None:
    assert call.ended_at is not None
    wrap_call(call, by=clerk, now=call.ended_at + 34 * SECOND)


def _phone(number: int) -> str:
    """One of those that are nobody's."""
    return f"13800009{number:03}"


def _open(clerk: Member, town: Town, now: datetime) -> int:
    """What goes on: a case to wrap up, reported for a neighbour; one who waits; one that was handed on."""
    grid = town.grids[20]
    said = {"name": "陈女士", "phone": _phone(301), "category_code": NOISE, "place_code": grid.code}
    for_whom = {"is_on_behalf": True, "for_name": "周婆婆", "for_phone": _phone(302)}
    place = {"place": grid.houses[0].address, "longitude": grid.houses[0].longitude} | {
        "latitude": grid.houses[0].latitude
    }
    words = "隔壁周婆婆家楼上夜里装修，电钻响到十一点，老人睡不着，不会打电话，托我反映。"
    call = _call(Call.Way.PHONE, now - 9 * MINUTE, clerk, words=words, **said, **for_whom, **place)
    report_call(call, by=clerk, now=now - 5 * MINUTE)
    waits = _call(
        Call.Way.WALK_IN, now - 4 * MINUTE, clerk, name="何先生", words="想问廉租房怎么申请", category_code=HARDSHIP
    )
    park_call(waits, by=clerk, now=now - 2 * MINUTE)
    offered = _call(Call.Way.PHONE, now - 3 * MINUTE, clerk, name="吴先生", words="对昨天的处理结果有意见，要找负责人")
    note = "已安抚，答应由值守负责人当面答复，请接一下。"
    hand_call(offered, member=member(DISPATCHER), note=note, by=clerk, now=now - MINUTE)
    return 3


def _notes(town: Town, now: datetime) -> int:
    """Who was asked first in the last month: workers of grids, counter clerks and officers of four communities."""
    people = [
        member(name)
        for community in town.communities[:4]
        for name in (clerk_of(community.code), *officers_of(community.code)[:2])
    ]
    people.append(member("grid-0207"))
    for number in range(ROUNDS * len(ASKED)):
        way, kind, words = ASKED[number % len(ASKED)]
        at = clock.local(now - (1 + number % 29) * DAY).replace(hour=9 + number % 8, minute=number * 7 % 60)
        note_asked(way, category_code=kind, words=words, by=people[number % len(people)], now=at)
    return ROUNDS * len(ASKED)
