"""What the packaged files must keep to, whoever edits them."""

import csv
import io

import pytest

from bot.data import TOPICS, missing_objects, packaged
from bot.domain.problem import names_only_a_building
from bot.domain.text_folding import fold

TOPIC_ROWS = list(csv.DictReader(io.StringIO(packaged(TOPICS).decode())))


@pytest.mark.parametrize("column", ["number", "place", "emoji", "short_ky", "short_ru"])
def test_no_two_topics_can_be_taken_for_each_other(column: str) -> None:
    assert len({row[column] for row in TOPIC_ROWS}) == len(TOPIC_ROWS)


def test_the_most_wanted_topics_come_first() -> None:
    by_place = sorted(TOPIC_ROWS, key=lambda row: int(row["place"]))
    assert [int(row["number"]) for row in by_place[:7]] == [4, 6, 7, 11, 10, 20, 99]


def test_every_beginning_is_one_folded_word() -> None:
    for beginning in (*missing_objects().buildings, *missing_objects().lacks):
        assert fold(beginning) == beginning
        assert len(beginning.split()) == 1


def test_no_beginning_stands_twice() -> None:
    for beginnings in (missing_objects().buildings, missing_objects().lacks):
        assert len(set(beginnings)) == len(beginnings) > 20


@pytest.mark.parametrize(
    "text",
    [
        "Нет спортзала!",
        "Нужен детский сад",
        "Постройте, пожалуйста, новую школу",
        "У нас отсутствует библиотека",
        "Бизге спортзал керек",
        "Айылда бала бакча жок",
        "Мончо салып бергиле",
        "Китепкана курулушу керек",
        "Жаңы дүкөн ачып берсеңиздер",
    ],
)
def test_a_bare_wish_for_a_building_is_noticed(text: str) -> None:
    assert names_only_a_building(text, missing_objects().buildings, missing_objects().lacks)


@pytest.mark.parametrize(
    "text",
    [
        "Питьевой воды нет третий день",
        "Школьникам нужен автобус",
        "На нашей улице нет света",
        "Суу жок, кудуктан ташыйбыз",
        "Мектептин чатыры агып жатат",
        "Библиотека закрыта по субботам",
        "Балдар сабактан кийин бош жүрөт",
    ],
)
def test_a_need_is_left_alone(text: str) -> None:
    assert not names_only_a_building(text, missing_objects().buildings, missing_objects().lacks)


def test_a_long_text_tells_the_need_by_itself() -> None:
    text = "Нет спортзала, поэтому зимой секция борьбы закрывается и семьдесят детей сидят дома до весны"
    assert not names_only_a_building(text, missing_objects().buildings, missing_objects().lacks)
