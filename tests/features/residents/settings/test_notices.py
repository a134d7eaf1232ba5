"""What a resident wants to hear of: chosen in the settings, or below whatever was told."""

import pytest
from sqlalchemy import select

from bot.db.models import Muted
from bot.domain.notices import Failure, NoticeTopic
from bot.features.residents.settings import texts
from bot.features.residents.settings.callbacks import SetNotice
from bot.i18n import LANGUAGES
from bot.telegram import texts as common
from tests.features.hearings_at import PLACE, announced, in_days, moved
from tests.features.people import read_queue, report
from tests.features.records import deliveries, resident_of, rows
from tests.features.town import vote_on
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def muted_by(stage: Stage, visitor: Visitor) -> set[str]:
    own = (await resident_of(stage, visitor)).id
    return {row.topic for row in await rows(stage, select(Muted.topic).where(Muted.resident_id == own))}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_settings_lead_to_a_switch_for_each_topic_that_says_how_it_stands(
    stage: Stage, language: str
) -> None:
    resident = await stage.resident(language)
    await resident.send("/settings")
    seen = len(resident.messages)
    await resident.tap("ntcset")
    assert resident.labels[: len(NoticeTopic)] == [
        worded(language, texts.switch, topic, on=True) for topic in NoticeTopic
    ]

    await resident.tap("ntc:votes:0")
    assert await muted_by(stage, resident) == {"votes"}
    assert worded(language, texts.switch, NoticeTopic.VOTES, on=False) in resident.text
    assert worded(language, texts.switch, NoticeTopic.VOTES, on=False) in resident.labels

    await resident.tap("ntc:votes:1")
    assert await muted_by(stage, resident) == set()
    assert len(resident.messages) == seen


async def test_pressing_again_changes_nothing(stage: Stage) -> None:
    resident, other = await stage.resident(), await stage.resident()
    off = SetNotice(topic=NoticeTopic.HEARINGS, on=False)
    for _again in range(3):
        await resident.press(off)
    assert await muted_by(stage, resident) == {"hearings"}
    assert await muted_by(stage, other) == set()
    for _again in range(3):
        await resident.press(SetNotice(topic=NoticeTopic.HEARINGS, on=True))
    assert await muted_by(stage, resident) == set()


async def test_an_unknown_topic_is_an_old_button(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.press("ntc:weather:0")
    assert resident.alert
    assert await muted_by(stage, resident) == set()


async def test_below_a_notice_the_choice_opens_and_the_notice_stays(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage)
    notice = resident.screen

    await resident.tap("ntcs", worded("ru", common.fewer))

    assert worded("ru", texts.switch, NoticeTopic.HEARINGS, on=True) in resident.labels
    assert PLACE in (notice.text or "")
    assert resident.screen.message_id != notice.message_id


async def test_whoever_switched_hearings_off_is_told_of_none_but_may_look_them_up(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.press(SetNotice(topic=NoticeTopic.HEARINGS, on=False))
    await announced(stage)
    assert PLACE not in resident.text
    assert [row.failure for row in await deliveries(stage)] == [Failure.MUTED]
    await resident.start()
    assert PLACE in resident.text


async def test_a_change_of_what_one_was_told_of_comes_all_the_same(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    for topic in NoticeTopic:
        await resident.press(SetNotice(topic=topic, on=False))
    await moved(stage, hearing_id, in_days(12))
    assert PLACE in resident.text
    assert resident.text.startswith("🔔")


async def test_fewer_of_these_stands_below_what_is_told_of_problems_and_votes(stage: Stage) -> None:
    resident, _facilitator = await vote_on(stage, 2)
    await stage.deliver()
    told = [message for message in resident.messages if message.from_bot][-3:]
    for message in told:
        data = [button.get("callback_data") for row in message.buttons for button in row]
        assert data[-1] == "ntcs"


async def test_below_a_declined_problem_too(stage: Stage) -> None:
    resident, facilitator = await stage.resident(), await stage.facilitator()
    await report(resident)
    await read_queue(facilitator)
    await facilitator.tap("decl:")
    await facilitator.tap("declr:")
    await stage.deliver()
    assert resident.data[-1] == "ntcs"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_settings_are_one_tap_from_home_and_from_what_they_lead_to(
    stage: Stage, language: str
) -> None:
    resident = await stage.resident(language)
    await resident.start()
    await resident.tap("set")
    assert resident.text == worded(language, texts.settings)
    for leaf in ("ntcset", "fgt"):
        await resident.tap(leaf)
        assert resident.text != worded(language, texts.settings)
        await resident.tap("set")
        assert resident.text == worded(language, texts.settings)
