"""Days and times in every usual way of writing them, in both languages."""

from datetime import date, time, timedelta

import pytest

from bot.domain.refusals import DateNotUnderstood, TimeNotUnderstood
from bot.features.hearings.announcing.moments import typed_day, typed_time

TODAY = date(2026, 11, 23)
THE_DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "written",
    [
        "25.11",
        "25.11.",
        " 25.11 ",
        "25.11.2026",
        "25.11.26",
        "25.11.2026 г.",
        "25.11.2026-ж.",
        "25/11",
        "25/11/26",
        "25/11/2026",
        "25-11-2026",
        "25 11",
        "25,11",
        "2026-11-25",
        "2026.11.25",
        "25 ноября",
        "25 ноябрь",
        "25 НОЯБРЯ",
        "25 нояб.",
        "25-ноябрь",
        "25-ноябрда",
        "25-ноябрь, шаршемби",
        "25ноябрь",
        "25 ноября 2026",
        "25 ноября 2026 года",
        "25-ноябрь 2026",
        "2026-жылдын 25-ноябры",
        "2026-жылы 25-ноябрда",
        "25 ноября, среда",
        "25 ноября в 14:30",
        "25 ноября 14.30",
        "в среду 25 ноября",
        "бүрсүгүнү",
        "Бүрсүгүнү",
        "бурсугуну",
        "послезавтра",
    ],
)
def test_a_day_is_understood(written: str) -> None:
    assert typed_day(written, TODAY) == THE_DAY


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("бүгүн", 0),
        ("Бугун", 0),
        ("сегодня", 0),
        ("эртең", 1),
        ("ЭРТЕҢ", 1),
        ("эртен", 1),
        ("завтра", 1),
        ("Завтра.", 1),
    ],
)
def test_a_day_is_said_by_its_distance(written: str, days: int) -> None:
    assert typed_day(written, TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("23.11", TODAY),
        ("22.11", date(2027, 11, 22)),
        ("5 января", date(2027, 1, 5)),
        ("5-январь", date(2027, 1, 5)),
        ("1 марта", date(2027, 3, 1)),
        ("9 мая", date(2027, 5, 9)),
        ("9-май", date(2027, 5, 9)),
        ("1 июня", date(2027, 6, 1)),
        ("1-июль", date(2027, 7, 1)),
        ("22.11.2026", date(2026, 11, 22)),
        ("29.02.2028", date(2028, 2, 29)),
    ],
)
def test_a_year_that_is_not_said_is_the_next_to_come(written: str, understood: date) -> None:
    assert typed_day(written, TODAY) == understood


@pytest.mark.parametrize(
    "written",
    ["", "не знаю", "билбейм", "25", "32.11", "25.13", "31.11", "0.11", "25.11.2026.7", "14:30", "ноябрь"],
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(DateNotUnderstood):
        typed_day(written, TODAY)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("14:00", time(14)),
        ("14.00", time(14)),
        ("14 00", time(14)),
        ("14-00", time(14)),
        ("1400", time(14)),
        ("14", time(14)),
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("9:05", time(9, 5)),
        ("09:00", time(9)),
        ("саат 14", time(14)),
        ("Саат 14:30", time(14, 30)),
        ("саат 14:30да", time(14, 30)),
        ("саат 14.00дө", time(14)),
        ("14төн 30", time(14, 30)),
        ("в 14", time(14)),
        ("в 14:00", time(14)),
        ("14 часов", time(14)),
        ("14 ч. 30 мин.", time(14, 30)),
        ("в 2 часа дня", time(14)),
        ("6 вечера", time(18)),
        ("түштөн кийин 2де", time(14)),
        ("түштөн кийин саат 2:30", time(14, 30)),
        ("кечки 6", time(18)),
        ("10 утра", time(10)),
        ("эртең менен 10", time(10)),
        ("12 дня", time(12)),
        ("14 часов дня", time(14)),
    ],
)
def test_a_time_is_understood(written: str, understood: time) -> None:
    assert typed_time(written) == understood


@pytest.mark.parametrize(
    "written", ["", "түшкү", "25:00", "14:60", "2460", "14:30:15", "14:30-16:00", "1", "3"]
)
def test_what_is_no_time_of_a_hearing_is_refused(written: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        typed_time(written)
