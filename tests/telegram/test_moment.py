"""An act has one moment: when the handling of its update began, by the clock that the bot was given."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from bot.db.models import Problem
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.refusals import DailyLimitReached
from bot.features.problems.reporting import texts
from tests.features.people import report
from tests.features.records import resident_of, rows
from tests.features.wording import worded
from tests.stage import UNHURRIED, Stage

EVE = datetime(2026, 12, 31, 23, 59, tzinfo=BISHKEK)
ONE_A_DAY = UNHURRIED.model_copy(update={"reports_per_day": 1})


async def test_what_an_act_writes_has_the_moment_of_the_act(database: Database) -> None:
    stage = Stage(database, clock=lambda: EVE)
    author = await stage.resident()
    await report(author)
    [problem] = await rows(stage, select(Problem.created_at))
    assert {problem.created_at, (await resident_of(stage, author)).agreed_at} == {EVE}


async def test_an_act_looks_at_the_clock_once(database: Database) -> None:
    looks = count()
    stage = Stage(database, clock=lambda: EVE + timedelta(seconds=next(looks)))
    author = await stage.resident()
    before = next(looks)
    await author.send("/report")
    assert next(looks) == before + 2


async def test_a_day_is_over_at_midnight_in_kyrgyzstan(database: Database) -> None:
    now = [EVE]
    stage = Stage(database, ONE_A_DAY, clock=lambda: now[-1])
    author = await stage.resident()
    await report(author)
    await author.send("/report")
    assert author.text == worded("ru", texts.daily_limit, DailyLimitReached(1))
    now.append(EVE + timedelta(minutes=2))
    await report(author)
    assert len(await rows(stage, select(Problem.id))) == 2
