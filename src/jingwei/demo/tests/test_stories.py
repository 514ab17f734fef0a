import csv
from random import Random

from jingwei.cases.public import DEPARTMENTS, RATING_REASONS, REJECTIONS, current
from jingwei.demo import stories as said
from jingwei.demo.stories import draw_story, stories


def test_there_are_enough_stories_of_many_classes():
    assert len(stories()) >= 120
    assert len({story.category for story in stories()}) >= 100
    assert sum(len(story.words) for story in stories()) >= 200


def test_each_story_names_a_condition_of_the_table(historian):
    for story in stories():
        numbers = {condition.number for condition in current()[story.category].conditions.all()}
        assert story.condition in numbers, story


def test_titles_and_words_are_written_out():
    for story in stories():
        assert 4 <= len(story.title.format(place="柳岸路 48 号门前")) <= 60, story
        assert all(len(words) >= 8 for words in story.words), story
        assert len(story.result) >= 6, story


def test_no_report_is_told_in_the_same_words_twice():
    words = [words for story in stories() for words in story.words]

    assert len(set(words)) == len(words)


def test_every_month_has_its_stories_and_no_other_months():
    rng = Random(3)
    for month in range(1, 13):
        drawn = [draw_story(month, rng) for _draw in range(200)]
        assert all(story.fits(month) for story in drawn)
        assert len({story.category for story in drawn}) > 40


def test_reasons_are_those_that_the_rules_know():
    assert set(said.REJECTIONS) <= set(REJECTIONS)
    assert {reason for reasons in said.RATING_REASONS.values() for reason in reasons} <= set(RATING_REASONS)
    assert set(said.RATING_WORDS) == set(said.RATING_REASONS) == {1, 2, 3, 4, 5}


def test_departments_of_the_table_are_read_by_key():
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        keys = {row["key"] for row in csv.DictReader(file)}

    assert {"drainage", "sanitation", "community"} <= keys
