"""The closing day of the second vote, typed."""

from datetime import datetime, timedelta

import pytest

from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.refusals import DateOutOfRange
from bot.features.votes.rounds import texts
from tests.features.people import close_vote
from tests.features.votes.rounds.stages import screening_on, short_stage
from tests.features.votes.rounds.test_closing_day import closing
from tests.features.wording import worded
from tests.features.written_days import written
from tests.stage import Stage


@pytest.fixture
def stage(database: Database) -> Stage:
    return short_stage(database)


async def test_the_second_vote_understands_the_same_days(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    await close_vote(facilitator)
    for prefix in ("slist:", "swhy:", "susual:"):
        await facilitator.tap(prefix)
    today = datetime.now(BISHKEK).date()
    for words in written(today + timedelta(days=9), today=today):
        await facilitator.send(words)
        assert closing(9) in facilitator.text, words
        assert any(data.startswith("sopen:") for data in facilitator.data)
    await facilitator.send("31.02")
    assert facilitator.text == worded("ru", texts.date_not_understood, None)
    await facilitator.send(f"{today - timedelta(days=1):%d.%m}")
    assert facilitator.text == worded("ru", texts.date_out_of_range, DateOutOfRange(92))
