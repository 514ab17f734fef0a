"""What looking for words and names touches at 1,000,000 cases and accounts; against a tenth of them."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.transaction import atomic

from benchmarks import city
from benchmarks.desk import buffers
from benchmarks.harness import Bench
from jingwei.kernel.public import WEB, opened
from jingwei.kernel.testing import acting_as
from jingwei.people.public import Member, reach_of
from jingwei.people.testing import a_holder

MOST = 50
WORDS = {"in_every_fifth": "漏水", "one_character": "灯", "rare_character": "井", "nowhere": "蛇"}
NAMES = {"initials": "zcq", "pinyin": "zhangchang", "character": "庆", "rare": "单雄信"}
# Residents by the three characters of their names, forty of each: 64,000 names.
RESIDENTS = """
INSERT INTO member (password, name, kind, language, is_active, is_demo, created_at, seen_on, phone)
SELECT '', CASE WHEN n %% 5000 = 0 THEN '单雄信' ELSE substr(%(characters)s, 1 + n %% 40, 1)
    || substr(%(characters)s, 1 + n / 40 %% 40, 1) || substr(%(characters)s, 1 + n / 1600 %% 40, 1) END,
    'resident', 'zh-hans', true, false, now(), now(), '\\x00'
FROM generate_series(%(first)s::int, %(last)s::int) AS n
"""
CHARACTERS = "张王李赵陈杨黄周吴徐孙马朱胡郭何林高罗郑长庆国明建华文志海永春秋红英玉兰桂梅丽静"


def run(bench: Bench) -> None:
    departments = city.lay_out()
    dispatcher = a_holder("dispatcher", city.street())
    officer = a_holder("security_officer", city.DISTRICT)
    told: list[Mapping[str, int]] = []
    for size in (city.SMALL, city.LARGE):
        city.grow(departments, size)
        fill(size)
        told.append(touched(dispatcher, officer))
    few, many = told
    for name, blocks in many.items():
        bench.report(name=f"searching.{name}.buffers", value=blocks, unit="blocks", baseline=few[name])


@atomic
def fill(size: int) -> None:
    """Residents until there are `size`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM member WHERE kind = 'resident'")
        given = {"first": cursor.fetchone()[0] + 1, "last": size, "characters": CHARACTERS}
        cursor.execute(RESIDENTS, given)
        cursor.execute("ANALYZE member")


def touched(dispatcher: Member, officer: Member) -> dict[str, int]:
    """Blocks of each search, as the web process asks it within the reach of whoever looks."""
    asked: list[tuple[str, Member, str, Any]] = [
        *((f"words.{name}", dispatcher, "SELECT find_words(%s, %s)", said) for name, said in WORDS.items()),
        *((f"names.{name}", officer, "SELECT find_members(%s, %s)", said) for name, said in NAMES.items()),
    ]
    found = {}
    for name, member, sql, said in asked:
        with acting_as(WEB), opened(reach_of(member)):
            found[name] = buffers(sql, [said, MOST])
    return found
