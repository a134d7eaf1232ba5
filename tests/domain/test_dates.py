"""Days and times in every usual way of writing them, in both languages, read by the one reader."""

from datetime import date, time, timedelta

import pytest

from bot.data import date_words
from bot.domain.dates import (
    Asked,
    Facing,
    is_far_off,
    read,
    read_day,
    read_fixed_day,
    read_moment,
    read_time,
)
from bot.domain.refusals import DateNotUnderstood, TimeNotAsked, TimeNotUnderstood

# A Monday.
TODAY = date(2026, 11, 23)
THE_DAY = date(2026, 11, 25)
AHEAD = Asked(TODAY, Facing.AHEAD, date_words())
BEHIND = Asked(TODAY, Facing.BEHIND, date_words())

FIGURES = [
    "25.11",
    "25.11.",
    " 25.11 ",
    "25.11.2026",
    "25.11.26",
    "25/11",
    "25/11/26",
    "25/11/2026",
    "25-11",
    "25-11-2026",
    "25 11",
    "25 11 26",
    "25,11",
    "25. 11. 2026",
    "25\N{NO-BREAK SPACE}11\N{NO-BREAK SPACE}2026",
    "25\N{EN DASH}11\N{EN DASH}2026",
    "2026-11-25",
    "2026.11.25",
    "25.11, 25.11.2026",
]
KYRGYZ = [
    "25.11.2026-ж.",
    "25.11.2026-жыл",
    "25-ноябрь",
    "25-ноябрда",
    "25-НОЯБРДА",
    "25ноябрь",
    "25 ноябрь",
    "25-ноябрь күнү",
    "25-ноябрь, шаршемби",
    "25-ноябрь 2026",
    "2026-жылдын 25-ноябры",
    "2026-жылы 25-ноябрда",
    "2026-ж., 25-ноябрь, шаршемби",
    "2026-жылдын ноябрь айынын 25и",
    "ноябрдын 25инде",
    "ноябрь 25",
    "бүрсүгүнү",
    "Бүрсүгүнү",
    "бурсугуну",
    "2 күндөн кийин",
    "эки күндөн кийин",
    "шаршемби",
    "шаршемби күнү",
    "Шаршембиде",
]
RUSSIAN = [
    "25.11.2026 г.",
    "25.11.2026г",
    "25.11.2026 года",
    "25 ноября",
    "25 НОЯБРЯ",
    "25 нояб.",
    "25-го ноября",
    "ноября 25",
    "25 ноября 26",
    "25 ноября 26 г.",
    "25 ноября 2026",
    "25 ноября 2026 года",
    "25 ноября, среда",
    "среда, 25 ноября 2026 г.",
    "в среду 25 ноября",
    "на 25 ноября",
    "послезавтра",
    "через 2 дня",
    "через два дня",
    "в среду",
    "среда",
    "Ср",
    "в эту среду",
]


@pytest.mark.parametrize("written", [*FIGURES, *KYRGYZ, *RUSSIAN])
def test_a_day_is_understood(written: str) -> None:
    assert read_day(written, AHEAD) == THE_DAY


@pytest.mark.parametrize("written", [each for each in (*KYRGYZ, *RUSSIAN) if "2026" in each])
def test_a_day_with_its_year_is_the_same_for_every_question(written: str) -> None:
    assert read_day(written, BEHIND) == THE_DAY


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
        ("3 күндөн кийин", 3),
        ("через 10 дней", 10),
        ("через неделю", 7),
        ("бир жумадан кийин", 7),
        ("эки жумадан кийин", 14),
        ("через 2 недели", 14),
        ("вчера", -1),
        ("кечээ", -1),
        ("позавчера", -2),
        ("мурдагы күнү", -2),
        ("3 дня назад", -3),
        ("3 күн мурун", -3),
    ],
)
@pytest.mark.parametrize("asked", [AHEAD, BEHIND])
def test_a_day_is_said_by_its_distance(written: str, days: int, asked: Asked) -> None:
    assert read_day(written, asked) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("written", "ahead", "behind"),
    [
        ("дүйшөмбү", date(2026, 11, 30), date(2026, 11, 16)),
        ("понедельник", date(2026, 11, 30), date(2026, 11, 16)),
        ("шейшемби", date(2026, 11, 24), date(2026, 11, 17)),
        ("во вторник", date(2026, 11, 24), date(2026, 11, 17)),
        ("бейшембиде", date(2026, 11, 26), date(2026, 11, 19)),
        ("чт", date(2026, 11, 26), date(2026, 11, 19)),
        ("жума", date(2026, 11, 27), date(2026, 11, 20)),
        ("жума күнү", date(2026, 11, 27), date(2026, 11, 20)),
        ("в пятницу", date(2026, 11, 27), date(2026, 11, 20)),
        ("ишенби", date(2026, 11, 28), date(2026, 11, 21)),
        ("суббота", date(2026, 11, 28), date(2026, 11, 21)),
        ("жекшемби күнү", date(2026, 11, 29), date(2026, 11, 22)),
        ("в воскресенье", date(2026, 11, 29), date(2026, 11, 22)),
        ("кийинки жума", date(2026, 12, 4), date(2026, 12, 4)),
        ("в следующий понедельник", date(2026, 11, 30), date(2026, 11, 30)),
        ("в прошлую пятницу", date(2026, 11, 20), date(2026, 11, 20)),
        ("өткөн жума күнү", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_a_day_of_the_week_is_the_next_or_the_last_one(written: str, ahead: date, behind: date) -> None:
    assert (read_day(written, AHEAD), read_day(written, BEHIND)) == (ahead, behind)


@pytest.mark.parametrize(
    ("written", "ahead", "behind"),
    [
        ("23.11", TODAY, TODAY),
        ("22.11", date(2027, 11, 22), date(2026, 11, 22)),
        ("24.11", date(2026, 11, 24), date(2025, 11, 24)),
        ("5 января", date(2027, 1, 5), date(2026, 1, 5)),
        ("5-январь", date(2027, 1, 5), date(2026, 1, 5)),
        ("1 марта", date(2027, 3, 1), date(2026, 3, 1)),
        ("9-май", date(2027, 5, 9), date(2026, 5, 9)),
        ("9 мая", date(2027, 5, 9), date(2026, 5, 9)),
        ("1 июня", date(2027, 6, 1), date(2026, 6, 1)),
        ("1-июль", date(2027, 7, 1), date(2026, 7, 1)),
        ("18.12", date(2026, 12, 18), date(2025, 12, 18)),
        ("29.02", date(2028, 2, 29), date(2024, 2, 29)),
        ("22.11.2026", date(2026, 11, 22), date(2026, 11, 22)),
    ],
)
def test_a_year_that_is_not_said_is_the_next_to_come_or_the_last(
    written: str, ahead: date, behind: date
) -> None:
    assert (read_day(written, AHEAD), read_day(written, BEHIND)) == (ahead, behind)


NO_DAY = [
    "",
    "не знаю",
    "билбейм",
    "25",
    "32.11",
    "25.13",
    "45.13",
    "31.11",
    "31.02",
    "31-февраль",
    "30 февраля",
    "29.02.2027",
    "0.11",
    "11/25",
    "25.11.2026.7",
    "14:30",
    "15.00",
    "ноябрь",
    "25-ноябрдан кийин",
    "не 25 ноября",
    "25 ноября в клубе",
    "18.12?",
    "<ma> 25",
    "25|11",
    "25.11.2026 " * 40,
]
TWO_DAYS = [
    "18.12 20.12",
    "18.12, 20.12",
    "18.12 - 20.12",
    "18 декабря или 20 декабря",
    "18 декабря, 20 декабря",
    "18-20 декабря",
    "18, 20-декабрь",
    "18 жана 20-декабрь",
    "с 18 по 20 декабря",
    "18ден 20-декабрга чейин",
    "завтра, 20.12",
    "эртең же бүрсүгүнү",
    "дүйшөмбү, жума",
    "25.11.2026, вторник",
    "25.11 10.12",
]


@pytest.mark.parametrize("written", [*NO_DAY, *TWO_DAYS])
@pytest.mark.parametrize("asked", [AHEAD, BEHIND])
def test_what_is_no_day_or_two_days_is_refused(written: str, asked: Asked) -> None:
    with pytest.raises(DateNotUnderstood):
        read_day(written, asked)


@pytest.mark.parametrize("written", ["до 25 ноября", "25-ноябрга чейин", "по 25.11"])
def test_a_day_until_which_something_lasts_is_said_to_be_one(written: str) -> None:
    typed = read(written, AHEAD)
    assert (list(typed.days), typed.has_limit) == ([THE_DAY], True)
    with pytest.raises(DateNotUnderstood):
        read_day(written, AHEAD)


@pytest.mark.parametrize(
    "written", ["25.11 15:00", "25-ноябрь саат 3тө", "завтра в 10", "25.11 15.00", "эртең 10до"]
)
def test_a_time_where_only_a_day_is_asked_is_not_dropped(written: str) -> None:
    with pytest.raises(TimeNotAsked):
        read_day(written, AHEAD)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("25.11 15:00", (date(2026, 11, 25), time(15))),
        ("25.11 15.00", (date(2026, 11, 25), time(15))),
        ("25/11 15-00", (date(2026, 11, 25), time(15))),
        ("25.11, 15", (date(2026, 11, 25), time(15))),
        ("25.11 в 14.05", (date(2026, 11, 25), time(14, 5))),
        ("25.11.2026 15:00", (date(2026, 11, 25), time(15))),
        ("2026-11-25 15:00", (date(2026, 11, 25), time(15))),
        ("15:00 25.11", (date(2026, 11, 25), time(15))),
        ("15.00 25 ноября", (date(2026, 11, 25), time(15))),
        ("25 ноября 14.30", (date(2026, 11, 25), time(14, 30))),
        ("25 ноября 14", (date(2026, 11, 25), time(14))),
        ("25 ноября в 14:30", (date(2026, 11, 25), time(14, 30))),
        ("25 ноября с 10.00", (date(2026, 11, 25), time(10))),
        ("25 ноября с 10:00", (date(2026, 11, 25), time(10))),
        ("25 ноября с 10 до 12", (date(2026, 11, 25), time(10))),
        ("25 ноября 2026 года в 15 часов 30 минут", (date(2026, 11, 25), time(15, 30))),
        ("в 15 часов 25 ноября", (date(2026, 11, 25), time(15))),
        ("25-ноябрь, саат 14.00", (date(2026, 11, 25), time(14))),
        ("саат 14.00, 25-ноябрь", (date(2026, 11, 25), time(14))),
        ("25-ноябрь күнү саат түштөн кийин 2де", (date(2026, 11, 25), time(14))),
        ("эртең саат 10до", (date(2026, 11, 24), time(10))),
        ("эртең эртең менен 10до", (date(2026, 11, 24), time(10))),
        ("завтра в 3 часа дня", (date(2026, 11, 24), time(15))),
        ("завтра вечером в 6", (date(2026, 11, 24), time(18))),
        ("завтра в полдень", (date(2026, 11, 24), time(12))),
        ("через 3 дня в 15:00", (date(2026, 11, 26), time(15))),
        ("шаршемби саат үчтө", (date(2026, 11, 25), time(15))),
        ("жумада 10дон 12ге чейин", (date(2026, 11, 27), time(10))),
        ("пн 10:00", (date(2026, 11, 30), time(10))),
    ],
)
def test_a_day_and_a_time_are_understood_together(written: str, moment: tuple[date, time]) -> None:
    assert read_moment(written, AHEAD) == moment


@pytest.mark.parametrize("written", ["25.11 15:00", "эртең саат 10до", "25 ноября 14.30", "25.11 15.00"])
def test_a_day_beside_an_asked_time_is_understood(written: str) -> None:
    assert read_time(written, AHEAD) == read_moment(written, AHEAD)


def test_a_day_alone_has_no_time() -> None:
    assert read_moment("завтра вечером", AHEAD) == (TODAY + timedelta(days=1), None)


@pytest.mark.parametrize(
    "written",
    [
        "25.11 14.05",
        "25.11 31.02",
        "25.11 15:00 16:00",
        "25.11 15:00 в клубе",
        "завтра 10 12",
        "завтра-10",
        "завтра 2026",
        "завтра в час",
        "10 завтра",
    ],
)
def test_a_moment_that_may_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(DateNotUnderstood):
        read_moment(written, AHEAD)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("14:00", time(14)),
        ("14.00", time(14)),
        ("15.00", time(15)),
        ("14 00", time(14)),
        ("14-00", time(14)),
        ("15-00", time(15)),
        ("14\N{EN DASH}30", time(14, 30)),
        ("14,30", time(14, 30)),
        ("1400", time(14)),
        ("14", time(14)),
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("9:05", time(9, 5)),
        ("09:00", time(9)),
        ("10.12", time(10, 12)),
        ("саат 14", time(14)),
        ("Саат 14:30", time(14, 30)),
        ("саат 14:30да", time(14, 30)),
        ("саат 14.00дө", time(14)),
        ("саат 15.00-дө", time(15)),
        ("14төн 30", time(14, 30)),
        ("14 саат 30 мүнөт", time(14, 30)),
        ("в 14", time(14)),
        ("в 14:00", time(14)),
        ("в 15-00", time(15)),
        ("14 часов", time(14)),
        ("14 ч. 30 мин.", time(14, 30)),
        ("10 утра", time(10)),
        ("эртең менен 10", time(10)),
        ("12 дня", time(12)),
        ("11 дня", time(11)),
        ("14 часов дня", time(14)),
        ("түштө", time(12)),
        ("в полдень", time(12)),
        ("саат он экиде", time(12)),
    ],
)
def test_a_time_is_understood(written: str, understood: time) -> None:
    assert read_time(written, AHEAD) == (None, understood)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("1", time(13)),
        ("3", time(15)),
        ("6", time(18)),
        ("7", time(7)),
        ("2:30", time(14, 30)),
        ("3 часа", time(15)),
        ("в 3 часа дня", time(15)),
        ("в два часа", time(14)),
        ("в 2 часа дня", time(14)),
        ("саат 3тө", time(15)),
        ("3тө", time(15)),
        ("саат үчтө", time(15)),
        ("3 жарым", time(15, 30)),
        ("саат үч жарымда", time(15, 30)),
        ("түштөн кийин 2де", time(14)),
        ("түштөн кийин саат 2:30", time(14, 30)),
        ("кечки 6", time(18)),
        ("кечки саат 6да", time(18)),
        ("6 вечера", time(18)),
        ("9 вечера", time(21)),
        ("3 часа ночи", time(3)),
        ("түнкү 3", time(3)),
        ("12 ночи", time(0)),
        ("11 ночи", time(23)),
        ("6 утра", time(6)),
        ("эртең менен саат 6да", time(6)),
    ],
)
def test_a_small_hour_is_in_the_afternoon_unless_it_is_said_to_be_night(
    written: str, understood: time
) -> None:
    assert read_time(written, AHEAD) == (None, understood)


@pytest.mark.parametrize(
    "written",
    [
        "10:00-12:00",
        "10.00 \N{EN DASH} 12.00",
        "саат 10дон 12ге чейин",
        "10дон 12ге чейин",
        "10дон 12ге",
        "10:00дөн 12:00гө чейин",
        "саат ондон он экиге чейин",
        "с 10 до 12",
        "с 10:00 до 12:00",
        "с 10 часов до 12 часов",
        "с 10 до 2",
    ],
)
def test_of_two_hours_the_first_is_when_it_begins(written: str) -> None:
    assert read_time(written, AHEAD) == (None, time(10))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "түшкү",
        "25:00",
        "24:00",
        "14:60",
        "2460",
        "14:30:15",
        "10-12",
        "10 12",
        "саат 10-12",
        "10дон 12",
        "12:00-10:00",
        "14 утра",
        "10го 5 мүнөт калганда",
        "без пяти десять",
        "через 2 часа",
        "25.11",
        "билбейм",
    ],
)
def test_what_is_no_time_or_two_times_is_refused(written: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        read_time(written, AHEAD)


@pytest.mark.parametrize("written", ["20.11", "20.11.2026", "20-ноябрь", "20 ноября"])
def test_a_day_in_a_file_is_the_same_whenever_it_is_read(written: str) -> None:
    assert read_fixed_day(written, BEHIND) == date(2026, 11, 20)


@pytest.mark.parametrize("written", ["вчера", "кечээ", "в пятницу", "3 күн мурун"])
def test_a_day_in_a_file_is_not_told_from_today(written: str) -> None:
    with pytest.raises(DateNotUnderstood):
        read_fixed_day(written, BEHIND)


def test_a_day_after_three_months_may_be_a_mistake() -> None:
    assert not is_far_off(TODAY + timedelta(days=92), TODAY)
    assert is_far_off(TODAY + timedelta(days=93), TODAY)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("15.12 9.30", (date(2026, 12, 15), time(9, 30))),
        ("15.12 14.30", (date(2026, 12, 15), time(14, 30))),
    ],
)
def test_a_day_and_a_time_in_figures_alone_are_read_in_this_order(
    written: str, understood: tuple[date, time]
) -> None:
    assert read_time(written, AHEAD) == understood
    assert read_moment(written, AHEAD) == understood


@pytest.mark.parametrize(
    "written",
    [
        "25.11.2026 саат 14:00",
        "25.11.2026 саат 14",
        "25.11 саат 14.00",
        "25-11 саат 14",
        "25.11-де саат 14",
        "ноябрдын 25инде саат 14.00",
        "2026-жылдын ноябрь айынын 25инде саат 14тө",
        "25 ноября 2026 года в 14.00 часов",
        "25.11.2026 г. в 14-00 ч.",
        "25 ноября 2026 14.00",
        "25-ноябрь 2026 14-00",
    ],
)
def test_a_moment_as_offices_write_it_is_understood(written: str) -> None:
    assert read_moment(written, AHEAD) == (THE_DAY, time(14))


@pytest.mark.parametrize("written", ["в 10.00 часов", "10-00 часов", "10.00ч"])
def test_hours_behind_a_time_in_figures_are_understood(written: str) -> None:
    assert read_time(written, AHEAD) == (None, time(10))


@pytest.mark.parametrize("written", ["кечки 12", "кечки саат 12де", "12 вечера", "вечером в 12"])
def test_twelve_in_the_evening_is_neither_noon_nor_surely_midnight(written: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        read_time(written, AHEAD)


@pytest.mark.parametrize("written", ["10.12 12.01", "20.09 15.10", "15.12 14.10"])
def test_two_pairs_of_figures_that_may_both_be_a_day_are_refused_where_a_time_is_asked(written: str) -> None:
    with pytest.raises(TimeNotUnderstood):
        read_time(written, AHEAD)
