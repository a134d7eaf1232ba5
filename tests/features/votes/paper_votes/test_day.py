"""The day of a gathering, typed: shown at once; what cannot be is said before the rest is asked."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.db.models import GatheringDraft, Round
from bot.domain.clock import BISHKEK
from bot.domain.gathering import Flaw, Line, Mistake
from bot.features.votes.paper_votes import entry_texts
from bot.features.votes.paper_votes.callbacks import Step
from bot.features.votes.paper_votes.form_texts import flaw_words
from bot.features.votes.rounds import texts as round_texts
from tests.features.records import change, rows
from tests.features.votes.paper_votes.sheets import facilitator_draft, vote_on_paper
from tests.features.wording import worded
from tests.features.written_days import written
from tests.stage import Stage, Visitor


def today() -> date:
    return datetime.now(BISHKEK).date()


async def at_the_day(stage: Stage) -> tuple[Visitor, str]:
    """A facilitator of a vote that is on for ten days, and the draft of a sheet."""
    facilitator, round_id = await vote_on_paper(stage)
    await change(stage, update(Round).values(opened_at=datetime.now(BISHKEK) - timedelta(days=10)))
    await facilitator.press(f"gath:{round_id}")
    await facilitator.tap("gathnew:")
    draft = facilitator_draft(facilitator)
    await facilitator.send("1")
    await facilitator.tap(f"gathset:{draft}:vil")
    return facilitator, draft


async def told(stage: Stage) -> dict[str, Any]:
    [row] = await rows(stage, select(GatheringDraft.told))
    return dict(row.told)


def shown(day: date) -> str:
    return worded("ru", entry_texts.held_on, {"held_on": day.isoformat()})


async def test_a_day_that_has_been_is_taken_however_it_is_written(stage: Stage) -> None:
    facilitator, draft = await at_the_day(stage)
    day = today() - timedelta(days=3)
    for words in written(day, today=today()):
        await facilitator.press(f"gathstep:{draft}:day")
        await facilitator.send(words)
        assert shown(day) in facilitator.text, words
        assert worded("ru", entry_texts.question, None, Step.PEOPLE) in facilitator.text
        assert (await told(stage))["held_on"] == day.isoformat()


async def test_a_day_of_another_year_or_to_come_is_told_at_once_and_not_taken(stage: Stage) -> None:
    facilitator, _draft = await at_the_day(stage)
    tomorrow = today() + timedelta(days=1)
    for words, mistake in (
        (f"{tomorrow:%d.%m}", Mistake.TOO_EARLY),
        (f"{today() - timedelta(days=20):%d.%m}", Mistake.TOO_EARLY),
        (f"{tomorrow:%d.%m.%Y}", Mistake.IN_FUTURE),
        ("эртең", Mistake.IN_FUTURE),
    ):
        await facilitator.send(words)
        assert worded("ru", flaw_words, None, Flaw(Line.DAY, mistake)) in facilitator.text, words
        assert worded("ru", entry_texts.question, None, Step.DAY) in facilitator.text
        assert "held_on" not in await told(stage)
    assert shown(tomorrow) in facilitator.text


async def test_what_is_no_day_of_a_gathering_is_refused(stage: Stage) -> None:
    facilitator, _draft = await at_the_day(stage)
    for words in ("31.02", "45.13", "20.11 21.11", "мектепте"):
        await facilitator.send(words)
        assert facilitator.text == worded("ru", round_texts.date_not_understood, None), words
    await facilitator.send("вчера в 15:00")
    assert facilitator.text == worded("ru", round_texts.time_not_asked, None)
    assert "held_on" not in await told(stage)
