"""What is told of a hearing unasked, as its readers get it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.app import RENDERERS
from bot.db.delivery_queries import broadcast, settled_in
from bot.db.models import Chat
from bot.domain.hearing import HearingNotice, Wording
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.notices import notice_texts, texts
from bot.features.hearings.notices.truncation import (
    fitted,
    plain,
    units,
)
from bot.i18n import LANGUAGES, speaking
from bot.sandbox.markup import parse_html
from bot.telegram import texts as common
from tests.features.hearings_at import PLACE, TOPIC, announced, card_of, hearing, in_days, moved, tell
from tests.features.records import change, municipality_id, resident_of
from tests.features.wording import worded
from tests.samples.hearings import KYRGYZ_ONLY, TOLD
from tests.stage import Stage

# A Wednesday, 14:00 in Bishkek.
AFTERNOON = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)
EVERY_BUTTON = (texts.mark_read, texts.come, texts.cannot, texts.ask, texts.add_to_calendar, common.fewer)


def read(kind: str, facts: dict[str, Any], language: str) -> str:
    with speaking(language):
        return parse_html(str(RENDERERS[kind](facts).text))[0]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_notice_tells_what_when_and_where_in_the_reader_s_language(
    stage: Stage, language: str
) -> None:
    resident = await stage.resident(language)
    hearing_id = await announced(stage)

    told = (await card_of(stage, hearing_id)).announcement
    assert worded(language, cards.title, told) in resident.text
    assert worded(language, cards.when, told) in resident.text
    assert TOPIC[f"topic_{language}"] in resident.text
    assert PLACE in resident.text
    assert resident.labels == [worded(language, label) for label in EVERY_BUTTON]


async def test_who_reads_it_untranslated_is_told_so(stage: Stage) -> None:
    resident = await stage.resident("ru")
    await announced(stage, topic_ru=None)
    assert TOPIC["topic_ky"] in resident.text
    assert worded("ru", cards.not_translated) in resident.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_change_begins_with_what_was_and_what_is(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    hearing_id = await announced(stage)
    before = (await card_of(stage, hearing_id)).announcement

    await moved(stage, hearing_id, in_days(12))

    after = (await card_of(stage, hearing_id)).announcement
    first, second, *rest = resident.text.splitlines()
    assert (
        first == "🔔 " + {"ky": "Коомдук угууда өзгөрүү бар.", "ru": "В слушаниях есть изменения."}[language]
    )
    with speaking(language):
        [line] = notice_texts.changes(before, after, ["starts_at"])
    assert second == plain(line)
    assert worded(language, cards.notice, after) in "\n".join(rest)


def test_a_translation_alone_is_no_change_for_those_who_have_read_the_original() -> None:
    before = replace(TOLD[0], topic=Wording(ky="Бюджет жөнүндө"))
    after = replace(before, topic=Wording(ky="Бюджет жөнүндө", ru="О бюджете"))
    with speaking("ky"):
        assert notice_texts.changes(before, after, ["topic"]) == []
    with speaking("ru"):
        assert len(notice_texts.changes(before, after, ["topic"])) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_cancellation_gives_the_reason_and_asks_for_no_answer(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    hearing_id = await announced(stage)
    card = await card_of(stage, hearing_id)
    async with stage.database.act() as db:
        assert await broadcast(
            db,
            notice=f"hearing:{hearing_id}:cancelled",
            municipality_id=card.municipality_id,
            kind=HearingNotice.CANCELLED,
            facts={**card.announcement.as_facts(), "reason": "Суу <b>ташкыны</b>"},
            to=settled_in(card.municipality_id),
            topic=None,
        )
    await stage.deliver()

    assert "Суу <b>ташкыны</b>" in resident.text
    assert resident.labels == [worded(language, texts.all_hearings), worded(language, common.fewer)]


@pytest.mark.parametrize(
    ("before", "ky", "ru"),
    [
        (timedelta(days=3), "3 күндөн кийин", "Через 3 дня"),
        (timedelta(hours=24), "Эртең саат 14:00", "Завтра в 14:00"),
        (timedelta(hours=15), "Эртең саат 14:00", "Завтра в 14:00"),
        (timedelta(hours=2), "2 сааттан кийин", "Сегодня в 14:00, примерно через 2 часа"),
        (timedelta(minutes=118), "2 сааттан кийин", "через 2 часа"),
        (timedelta(minutes=58), "1 сааттан кийин", "через 1 час"),
        (timedelta(minutes=41), "40 мүнөттөн кийин", "через 40 минут"),
        (timedelta(seconds=20), "1 мүнөттөн кийин", "через 1 минуту"),
        (timedelta(0), "башталды", "уже начались"),
    ],
)
def test_a_reminder_tells_the_time_that_is_really_left(before: timedelta, ky: str, ru: str) -> None:
    for language, words in (("ky", ky), ("ru", ru)):
        assert words in worded(language, notice_texts.soon, AFTERNOON, AFTERNOON - before)


async def linked_group(stage: Stage) -> int:
    group = stage.world.group("Жазы", stage.world.add_person("Officer", "ky").id)
    await change(
        stage,
        insert(Chat).values(
            telegram_id=group.id,
            municipality_id=await municipality_id(stage, "jazy"),
            title="Жазы",
            is_channel=False,
            linked_at=datetime.now(UTC),
        ),
    )
    return group.id


async def test_a_group_reads_it_once_in_both_languages_with_the_way_into_the_bot(stage: Stage) -> None:
    group = await linked_group(stage)
    hearing_id = await announced(stage)

    [post] = [message for message in stage.world.messages(group) if message.from_bot]
    words = post.text or ""
    assert 0 <= words.index(TOPIC["topic_ky"]) < words.index(TOPIC["topic_ru"])
    [[button]] = post.buttons
    username = (await stage.bot.me()).username
    assert button["url"] == f"https://t.me/{username}?start=h_{hearing_id}"


async def test_a_post_repeats_no_words_of_the_other_language(stage: Stage) -> None:
    group = await linked_group(stage)
    await announced(stage, topic_ru=None, agenda_ky="Кирешелер")
    [post] = [message for message in stage.world.messages(group) if message.from_bot]
    assert (post.text or "").count(TOPIC["topic_ky"]) == 1
    assert (post.text or "").count("Кирешелер") == 1


def test_a_change_and_a_cancellation_may_be_posted_too() -> None:
    facts = {**TOLD[0].as_facts(), "bot_username": "bap_bot"}
    later = replace(TOLD[0], place="Мектеп")
    change_ = {
        **later.as_facts(),
        "bot_username": "bap_bot",
        "before": TOLD[0].as_facts(),
        "changed": ["place"],
    }
    assert read(HearingNotice.POSTED, {**facts, "reason": "Суу ташкыны"}, "ru").count("Суу ташкыны") == 2
    assert read(HearingNotice.POSTED, change_, "ru").count("Мектеп") == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agenda_too_long_for_a_message_is_cut_and_nothing_else(language: str) -> None:
    told = replace(KYRGYZ_ONLY.announcement, agenda=Wording("ө😡 " * 1300, "ө😡 " * 1300))
    with speaking(language):
        words = plain(fitted(told, cards.notice))
    assert 2000 < units(words) <= 4096
    assert "\u2026" in words
    assert told.place in words


async def test_a_hearing_of_some_villages_is_told_there_and_may_be_read_by_all(stage: Stage) -> None:
    own = await stage.resident(village="Жээренчи")
    other = await stage.resident(village="Кызыл-Дыйкан")
    hearing_id = await hearing(stage, villages=[(await resident_of(stage, own)).village_id])

    await tell(stage, hearing_id)

    assert PLACE in own.text
    assert PLACE not in other.text
    await other.press(f"hear:{hearing_id}")
    assert PLACE in other.text
