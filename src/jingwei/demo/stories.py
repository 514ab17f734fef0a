"""What people of the town report, and what those who deal with it say. Templates in Chinese, in `data/stories.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data" / "stories.csv"


@dataclass(frozen=True)
class Story:
    """A kind of report. `months` is empty where it happens all year; `{place}` stands in the title."""

    category: str
    condition: str
    where: str
    when: str
    months: frozenset[int]
    weight: int
    title: str
    words: tuple[str, ...]
    result: str

    def fits(self, month: int) -> bool:
        return not self.months or month in self.months


@cache
def stories() -> tuple[Story, ...]:
    """All of them, in the table's order."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(_read(row) for row in csv.DictReader(file))


def _read(row: dict[str, str]) -> Story:
    return Story(
        row["category"],
        row["condition"],
        row["where"],
        row["when"],
        _months(row["months"]),
        int(row["weight"]),
        row["title"],
        tuple(row["words"].split(" / ")),
        row["result"],
    )


def _months(text: str) -> frozenset[int]:
    """`6-9` is June to September."""
    if not text:
        return frozenset()
    first, last = text.split("-")
    return frozenset(range(int(first), int(last) + 1))


@cache
def _of_month(month: int) -> tuple[tuple[Story, ...], tuple[int, ...]]:
    fitting = tuple(story for story in stories() if story.fits(month))
    return fitting, tuple(story.weight for story in fitting)


def draw_story(month: int, rng: Random) -> Story:
    """One that happens in that month, the common ones more often."""
    fitting, weights = _of_month(month)
    return rng.choices(fitting, weights)[0]


INSTRUCTIONS = (
    "请到现场核实后尽快处理，处理前后各拍一张照片。",
    "居民已等候，请先电话联系再到场。",
    "先做好现场警示，再安排维修。",
    "按时限办理，如有困难请提前说明。",
    "附近有学校，请避开上下学时段施工。",
    "",
)
# By the level that escalates.
ESCALATIONS = {
    "community": ("涉及多个部门，社区协调不了，请街道派遣。", "社区已现场核实，需要专业队伍处理。"),
    "street": ("涉及区级管养范围，请区里派遣。", "需要区级部门牵头处理。"),
}
SENT_DOWN = ("社区更了解情况，请先上门协调。", "请社区联系物业一并处理。")
RETURNS = (
    "现场核实不在我单位管养范围，请另派。",
    "该处设施已移交其他单位维护，附交接说明。",
    "需要先由产权单位确认，暂无法处理。",
)
RECALLS = ("派遣对象选错，重新派遣。", "与另一件一并处理，先收回。", "居民补充了位置，改派就近班组。")
REWORKS = ("现场复查还没有处理到位，请返工。", "位置处理错了，问题还在。", "清理不彻底，墙角仍有残留。")
REOPENINGS = ("没过两天又坏了，请再来看看。", "修的不是我说的那一处。", "问题还是老样子，没有人来过。")
REJECTIONS = {
    "no_trace": "现场查看未发现所述情况，请补充位置或照片。",
    "not_ours": "属于户内自有设施，建议联系物业有偿维修。",
    "already_solved": "到场时已经处理好，感谢提醒。",
    "no_facts": "描述不清且联系不上，暂不立案，欢迎补充后再报。",
}
WITHDRAWALS = ("已经自己处理好了。", "重复提交了，撤回这一条。")
ACCEPTED = ("收到，已安排人员前往。", "已联系居民，约好上门时间。", "")
CHECKED = ("现场复查，处理到位。", "已回访，居民确认解决。", "对照前后照片核实无误。", "")
ON_THE_SPOT = "巡查发现，当场处理完毕。"
RATING_WORDS = {
    5: ("修得很快，谢谢！", "师傅很负责，点赞。", "", "", ""),
    4: ("总体满意。", "处理了，要是再快一点就好。", "", ""),
    3: ("处理了，但等得有点久。", ""),
    2: ("来得太慢了。", "只弄了一半。"),
    1: ("没有解决，还是老样子。", "没人联系过我。"),
}
RATING_REASONS = {
    5: ("fast", "kind", "clear"),
    4: ("fast", "kind"),
    3: ("slow",),
    2: ("slow", "not_solved"),
    1: ("not_solved", "not_told"),
}
