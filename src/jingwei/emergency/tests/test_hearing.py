"""What sounds like danger, in both languages, and what only looks like it."""

import pytest
from django.utils import translation

from jingwei.emergency.hearing import LINES, hear, known_dangers

DANGERS = (
    ("三楼厨房着火了，浓烟很大", ["fire"]),
    ("恐怕着火了", ["fire"]),
    ("楼道里有煤气味", ["gas"]),
    ("我妈妈被困在电梯里", ["lift"]),
    ("有人困在 电梯 出不来", ["lift"]),
    ("老人不小心摔倒了，起不来", ["illness"]),
    ("门口有人打架，还拿刀", ["violence"]),
    ("孩子掉进河里了", ["water"]),
    ("有人站在楼顶要跳楼", ["life"]),
    ("车库进水，有人被困", ["trapped"]),
    ("爷爷走失了", ["missing"]),
    ("着火了，有人晕倒", ["fire", "illness"]),
    ("THERE IS A FIRE IN THE STAIRWELL", ["fire"]),
    ("There is a fire. Doors are locked", ["fire"]),
    ("I smell gas in the hall", ["gas"]),
    ("My mother is stuck in the lift", ["lift"]),
    ("An old man collapsed and is not breathing", ["illness"]),
    ("She can\N{RIGHT SINGLE QUOTATION MARK}t breathe", ["illness"]),
    ("A man with a knife, people are fighting", ["violence"]),
    ("A boy is drowning", ["water"]),
    ("Somebody wants to jump off the roof", ["life"]),
    ("People trapped in the garage", ["trapped"]),
    ("My daughter is missing", ["missing"]),
    ("The fire door is open and there is smoke", ["fire"]),
)
FALSE_FRIENDS = (
    "消防通道被占用",
    "防火门关不上，灭火器过期",
    "下周火灾逃生演练几点开始",
    "电动车飞线充电，容易着火",
    "自行车轮胎漏气，找不到打气筒",
    "燃气费怎么交",
    "电梯按钮坏了",
    "台阶结冰，容易摔倒，请撒盐",
    "我差点滑倒",
    "楼上打架子鼓太吵",
    "垃圾桶被打翻了",
    "窨井盖被打开没盖上",
    "落水管坏了，雨水流到墙上",
    "商场喇叭天天喊跳楼价",
    "长期被困扰，噪音太大",
    "小区想领防走失手环",
    "A car blocks the fire hydrant",
    "Fire lanes are blocked and the fire extinguisher is out of date",
    "They fired the gardener; he will sue",
    "The gas bill is wrong",
    "The lift is out of order",
    "A leaflet is stuck in the lift door",
    "Part of the wall collapsed",
    "Leaflets were passed out at the gate",
    "Attacked by mosquitoes every evening",
    "A fight against litter, let us begin",
    "Trapped water on the flat roof",
    "The cover is missing",
    "The manhole cover rattles",
    "",
)


@pytest.mark.parametrize(("words", "kinds"), DANGERS)
def test_words_of_danger_are_heard(words, kinds):
    heard = hear(words)
    assert heard is not None
    assert [danger.kind for danger in heard.dangers] == kinds


@pytest.mark.parametrize("words", FALSE_FRIENDS)
def test_what_only_looks_like_danger_is_not_heard(words):
    assert hear(words) is None


def test_the_number_that_helps_first_stands_first_and_none_is_left_out():
    assert [number for number, _name in hear("有人晕倒").lines] == ["120", "110", "119"]
    assert [number for number, _name in hear("着火了，有人打架").lines] == ["119", "120", "110"]


def test_the_alarm_is_prepared_for_the_first_danger_that_has_a_class():
    assert hear("有人落水").danger == ""
    assert hear("有人落水，晕倒了").danger == "3306-01"


def test_each_kind_is_called_in_the_language_of_the_reader():
    with translation.override("en"):
        assert hear("着火了").dangers[0].name == "Fire"
    with translation.override("zh-hans"):
        assert hear("着火了").dangers[0].name == "火情"


def test_the_table_is_whole():
    """Every exception holds a word that it keeps from being heard; every word is heard by itself."""
    for danger in known_dangers():
        assert set(danger.lines) <= set(LINES), danger.kind
        for words, unless in ((danger.words_zh, danger.unless_zh), (danger.words_en, danger.unless_en)):
            assert words, danger.kind
            for phrase in unless:
                assert any(word in phrase for word in words), f"{danger.kind}: {phrase} keeps nothing from being heard"
            for word in words:
                assert danger in hear(word).dangers, f"{danger.kind}: {word}"
