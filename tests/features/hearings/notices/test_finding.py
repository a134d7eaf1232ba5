"""Finding a hearing: on the home screen, in the list, and by its link."""

import pytest
from sqlalchemy import update

from bot.db.models import Hearing
from bot.features.hearings.notices import texts
from bot.features.residents.first_visit import texts as home
from bot.i18n import LANGUAGES
from bot.telegram import texts as common
from tests.features.hearings_at import PLACE, TOPIC, announced, called_off, hearing, in_days
from tests.features.people import write_report
from tests.features.records import change, municipality_id, resident_of
from tests.features.wording import worded
from tests.stage import Stage


@pytest.mark.parametrize("language", LANGUAGES)
async def test_home_offers_the_next_hearing_and_remembers_the_answer(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    await hearing(stage, topic_ky="Кийинки", topic_ru="Следующее", starts_at=in_days(20))
    soonest = await announced(stage)

    await resident.start()
    assert TOPIC[f"topic_{language}"] in resident.text
    assert worded(language, home.next_hearing) == resident.labels[0]
    await resident.tap(f"hear:{soonest}")
    await resident.tap("hcome:", "🙋")
    await resident.tap("home")
    assert worded(language, texts.coming) in resident.text


async def test_home_offers_no_hearing_that_is_past_off_a_draft_or_elsewhere(stage: Stage) -> None:
    resident = await stage.resident(village="Жээренчи")
    other = await stage.resident(village="Кызыл-Дыйкан")
    off = await hearing(stage)
    await called_off(stage, off)
    await hearing(stage, starts_at=in_days(-1))
    await hearing(stage, status="draft")
    await hearing(stage, municipality="chaek")
    await hearing(stage, villages=[(await resident_of(stage, other)).village_id])

    await resident.start()
    assert PLACE not in resident.text
    assert worded("ru", home.hearings) in resident.labels
    await other.start()
    assert PLACE in other.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_list_shows_the_coming_ones_first_and_the_past_ones_with_their_record(
    stage: Stage, language: str
) -> None:
    resident = await stage.resident(language)
    for days, topic in ((-30, "AAA1"), (-2, "AAA2"), (20, "AAA4"), (10, "AAA3")):
        await hearing(stage, starts_at=in_days(days), topic_ky=topic, topic_ru=topic)
    recorded = await hearing(stage, starts_at=in_days(-60), recorded_at=in_days(-50))
    await hearing(stage, status="draft", topic_ky="AAA5", topic_ru="AAA5")
    await hearing(stage, municipality="chaek", topic_ky="AAA6", topic_ru="AAA6")

    await resident.send("/hearings")

    places = [resident.text.find(topic) for topic in ("AAA3", "AAA4", "AAA2", "AAA1")]
    assert places == sorted(places)
    assert min(places) > 0
    assert "AAA5" not in resident.text
    assert "AAA6" not in resident.text
    await resident.tap(f"hear:{recorded}")
    assert worded(language, texts.over, is_recorded=True) in resident.text
    assert f"hrecs:{recorded}" in resident.data


async def test_a_long_list_has_pages(stage: Stage) -> None:
    resident = await stage.resident()
    for days in range(1, 9):
        await hearing(stage, starts_at=in_days(days))
    await resident.send("/hearings")
    first = [data for data in resident.data if data.startswith("hear:")]
    await resident.tap("hears:", "➡️")
    second = [data for data in resident.data if data.startswith("hear:")]
    assert (len(first), len(second)) == (6, 2)
    await resident.press("hears:999999")
    assert [data for data in resident.data if data.startswith("hear:")] == second


async def test_an_empty_list_says_what_will_be_told_here(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/hearings")
    assert resident.text == worded("ru", texts.listed_none)
    assert worded("ru", common.home) in resident.labels


async def test_a_link_opens_the_hearing_and_ends_what_was_asked(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await resident.send("/report")
    assert (await resident_of(stage, resident)).awaiting

    await resident.start(f"h_{hearing_id}")

    assert TOPIC["topic_ru"] in resident.text
    assert any(data.startswith("hcome:") for data in resident.data)
    assert (await resident_of(stage, resident)).awaiting is None


async def test_a_neighbour_s_link_is_read_without_moving(stage: Stage) -> None:
    neighbour = await stage.resident(municipality="chaek")
    before = await resident_of(stage, neighbour)
    await neighbour.start(f"h_{await announced(stage)}")
    assert TOPIC["topic_ru"] in neighbour.text
    assert await resident_of(stage, neighbour) == before


async def test_a_stranger_s_link_leads_through_the_first_visit_to_the_hearing(stage: Stage) -> None:
    hearing_id = await announced(stage)
    stranger = stage.visitor("ky")
    await stranger.start(f"h_{hearing_id}")
    assert (await resident_of(stage, stranger)).municipality_id == await municipality_id(stage, "jazy")
    await stranger.tap("lang:ky")
    await stranger.tap("vil:")
    await stranger.tap("agree")
    assert TOPIC["topic_ky"] in stranger.text
    assert f"hear:{hearing_id}" in stranger.data


async def test_a_link_to_nothing_begins_like_any_start(stage: Stage) -> None:
    draft = await hearing(stage, status="draft", announced_at=None)
    for payload in (f"h_{draft}", "h_999999999", "h_x", "h_", "h_9999999999"):
        stranger = stage.visitor()
        await stranger.start(payload)
        assert "lang:ky" in stranger.data
        await stranger.tap("lang:ru")
        assert worded("ru", home.which_oblast) == stranger.text


async def test_a_settled_resident_s_link_to_nothing_is_answered_kindly(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.start("h_999999999")
    assert resident.text == worded("ru", common.gone, None)


async def test_an_unfinished_report_is_not_lost_by_looking_at_a_hearing(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await write_report(resident)
    await resident.start(f"h_{hearing_id}")
    await resident.tap("home")
    assert worded("ru", home.draft_waits) in resident.text
    await change(stage, update(Hearing).values(status="cancelled"))
    await resident.start()
    assert worded("ru", home.draft_waits) in resident.text
