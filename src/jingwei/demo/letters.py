"""What residents of the demo wrote to their grid worker: a matter that became a case, a question, and one who waits."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from jingwei.calendars.public import calendars
from jingwei.conversations.public import Conversation, make_case, mark_read, open_conversation, say
from jingwei.demo.acting import member, resident
from jingwei.demo.drawings import draw
from jingwei.demo.people import Cast
from jingwei.kernel.public import work_before
from jingwei.people.public import Member

WORKER = "grid-0207"
LAMP, SMALL = "02", timedelta(minutes=12)
ASKED, WAITS = timedelta(hours=11), timedelta(minutes=35)
"""Working time ago: when the matter was told, and since when somebody waits."""


def write_letters(cast: Cast, now: datetime) -> int:
    """Gives how many messages are new; none where there are conversations already."""
    home = cast.staff[WORKER].code
    if home is None or Conversation.objects.exists() or not Member.objects.filter(username=WORKER).exists():
        return 0
    worker = member(WORKER)
    first, second = (resident(one.phone) for one in cast.residents_of(home)[:2])
    calendar = calendars().place(home)
    at = work_before(now, ASKED, calendar)
    _lamp(first, worker, home, at)
    waiting = open_conversation(home, by=second, now=at)
    asked_at = work_before(now, WAITS, calendar)
    say(waiting, "请问老年食堂办卡要带什么材料？", key=_key("card"), by=second, now=asked_at)
    return 5


def _lamp(teller: Member, worker: Member, home: int, at: datetime) -> None:
    """Told in the thread, reported by the worker, answered and read."""
    thread = open_conversation(home, by=teller, now=at)
    picture = [draw(LAMP, is_mended=False)]
    words = "楼下的路灯三天没亮了，晚上下楼看不清台阶。"
    told = say(thread, words, key=_key("lamp"), files=picture, by=teller, now=at)
    mark_read(thread, by=worker, now=at + SMALL)
    make_case(told, by=worker, now=at + SMALL)
    answer = "张阿姨，已帮您上报，您在“我的事项”里能看到进展。这几天晚上下楼请走东门。"
    say(thread, answer, key=_key("answer"), by=worker, now=at + SMALL)
    mark_read(thread, by=teller, now=at + 2 * SMALL)
    say(thread, "好的，谢谢小王！", key=_key("thanks"), by=teller, now=at + 2 * SMALL)
    mark_read(thread, by=worker, now=at + 3 * SMALL)
    say(thread, "应该的，有事随时找我。", key=_key("welcome"), by=worker, now=at + 3 * SMALL)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/letters/{name}")
