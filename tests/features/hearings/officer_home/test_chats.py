"""A municipality's groups and channels: linked by an officer's one-time code, and by nothing else."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from sqlalchemy import select, update

from bot.db.models import Chat, ChatCode, StrangeChat
from bot.domain.clock import utc_now
from bot.features.hearings.officer_home import callbacks, chat_texts as texts
from bot.features.hearings.officer_home.chat_queries import ANSWERED_EVERY, LINKED_WITHIN, NOWHERE, Outcome
from bot.features.hearings.officer_home.jobs import leave_unlinked
from bot.sandbox.methods import BotApi
from bot.sandbox.people import Group
from bot.telegram import texts as common
from tests.features.hearings.announcing.officers import JAZY
from tests.features.records import change, journal, rows
from tests.features.wording import worded
from tests.stage import DirectSession, Stage, Visitor


async def code_of(officer: Visitor) -> str:
    await officer.send("/office")
    await officer.tap("chats:")
    await officer.tap("chatnew:")
    return officer.text.split("/link ")[1].split()[0]


async def say(stage: Stage, person: Visitor, group: Group, text: str) -> None:
    stage.world.say(person.id, text, chat_id=group.id)
    await stage.handle_all()


async def linked(stage: Stage) -> list[tuple[Any, ...]]:
    found = await rows(stage, select(Chat.telegram_id, Chat.municipality_id, Chat.left_at).order_by(Chat.id))
    return [tuple(row) for row in found]


async def let_an_hour_pass(stage: Stage) -> None:
    await change(stage, update(StrangeChat).values(answered_at=datetime.now(UTC) - ANSWERED_EVERY))


async def strangers(stage: Stage) -> list[int]:
    return [row.telegram_id for row in await rows(stage, select(StrangeChat.telegram_id))]


async def let_a_day_pass(stage: Stage) -> None:
    long_ago = datetime.now(UTC) - LINKED_WITHIN
    await change(stage, update(StrangeChat).values(since=long_ago))


def said_in(stage: Stage, group: Group) -> list[str]:
    return [message.text or "" for message in stage.world.messages(group.id) if message.from_bot]


@pytest.mark.parametrize("words", ["/start {code}", "/link {code}", "/link@bap_sandbox_bot {code}"])
async def test_a_group_is_linked_by_the_officer_s_code(stage: Stage, words: str) -> None:
    officer = await stage.officer()
    code = await code_of(officer)
    group = stage.world.group("Жазы айылы", officer.id)
    await say(stage, officer, group, words.format(code=code))
    assert await linked(stage) == [(group.id, JAZY, None)]
    assert "Жазы" in said_in(stage, group)[-1]
    assert len(await journal(stage, "chat.linked")) == 1
    await stage.deliver()
    assert officer.text == worded("ru", texts.heard_linked, "Жазы айылы")
    await officer.send("/office")
    await officer.tap("chats:")
    assert "Жазы айылы" in officer.labels


async def test_a_code_is_good_once_and_for_an_hour(stage: Stage) -> None:
    officer = await stage.officer()
    first, second = (stage.world.group(title, officer.id) for title in ("Биринчи", "Экинчи"))
    code = await code_of(officer)
    await say(stage, officer, first, f"/link {code}")
    await say(stage, officer, second, f"/link {code}")
    assert said_in(stage, second)[-1] == worded("ru", texts.outcome, Outcome.USED, NOWHERE)
    # The same line written again in the group that it linked is no mistake.
    await say(stage, officer, first, f"/link {code}")
    assert said_in(stage, first)[-1] == said_in(stage, first)[0]

    await let_an_hour_pass(stage)
    late = await code_of(officer)
    await change(stage, update(ChatCode).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    await say(stage, officer, second, f"/link {late}")
    assert said_in(stage, second)[-1] == worded("ru", texts.outcome, Outcome.EXPIRED, NOWHERE)
    await let_an_hour_pass(stage)
    await say(stage, officer, second, "/link made-up")
    assert said_in(stage, second)[-1] == worded("ru", texts.outcome, Outcome.UNKNOWN, NOWHERE)
    assert await linked(stage) == [(first.id, JAZY, None)]


async def test_two_groups_at_once_share_no_code(stage: Stage) -> None:
    officer = await stage.officer()
    groups = [stage.world.group(title, officer.id) for title in ("Биринчи", "Экинчи")]
    code = await code_of(officer)
    stage.world.take_updates()
    for group in groups:
        stage.world.say(officer.id, f"/link {code}", chat_id=group.id)
    await asyncio.gather(*(stage.handle(update) for update in stage.world.take_updates()))
    assert len(await linked(stage)) == 1


async def test_talk_in_a_group_is_none_of_the_bot_s_business(stage: Stage) -> None:
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    for words in ("Саламатсыздарбы!", "/start", "/vote", "/link", "/linkabc def"):
        await say(stage, officer, group, words)
    assert said_in(stage, group) == []
    assert await linked(stage) == []


async def test_a_code_read_by_others_links_no_group_of_theirs_and_stays_good(stage: Stage) -> None:
    officer, curious = await stage.officer(), await stage.resident()
    code = await code_of(officer)
    theirs = stage.world.group("Чоочун топ", curious.id)
    await say(stage, curious, theirs, f"/link {code}")
    assert said_in(stage, theirs)[-1] == worded("ru", texts.outcome, Outcome.NOT_THEIRS, NOWHERE)
    assert await linked(stage) == []
    ours = stage.world.group("Жазы айылы", officer.id)
    await say(stage, officer, ours, f"/link {code}")
    assert await linked(stage) == [(ours.id, JAZY, None)]


async def test_in_the_name_of_a_group_it_is_linked_and_the_officer_undoes_it_from_the_notice(
    stage: Stage,
) -> None:
    officer = await stage.officer()
    code = await code_of(officer)
    group = stage.world.group("Чоочун топ", officer.id)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    chat = group.as_chat()
    words = f"/link {code}"
    message = {
        "message_id": 9,
        "date": 1,
        "chat": chat,
        "from": anonymous,
        "sender_chat": chat,
        "text": words,
    }
    await stage.handle({"update_id": next(NUMBERS), "message": message})
    assert await linked(stage) == [(group.id, JAZY, None)]
    await stage.deliver()
    assert "Чоочун топ" in officer.text
    await officer.tap("chatoff:1")
    assert [left_at is None for _chat, _place, left_at in await linked(stage)] == [False]


NUMBERS = count(900_100)


def membership(group: Group, status: str, **rights: bool) -> dict[str, Any]:
    bot = {"id": 42, "is_bot": True, "first_name": "bot"}
    member = {"user": bot, "status": status, **rights}
    if status == "kicked":
        member["until_date"] = 0
    person = {"id": 1, "is_bot": False, "first_name": "Admin"}
    return {
        "update_id": next(NUMBERS),
        "my_chat_member": {
            "chat": group.as_chat(),
            "from": person,
            "date": 1,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": member,
        },
    }


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_where_the_bot_was_sent_away_nothing_is_posted(stage: Stage, status: str) -> None:
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    await say(stage, officer, group, f"/link {await code_of(officer)}")
    await stage.handle(membership(group, status))
    [(_id, _municipality, left_at)] = await linked(stage)
    assert left_at is not None
    # Another code brings it back.
    await say(stage, officer, group, f"/link {await code_of(officer)}")
    assert await linked(stage) == [(group.id, JAZY, None)]


async def test_a_group_that_became_a_supergroup_stays_linked(stage: Stage) -> None:
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    await say(stage, officer, group, f"/link {await code_of(officer)}")
    message = {"message_id": 9, "date": 1, "chat": group.as_chat(), "migrate_to_chat_id": -1001234}
    await stage.handle({"update_id": 900_001, "message": message})
    assert await linked(stage) == [(-1001234, JAZY, None)]


async def test_a_channel_is_linked_in_silence(stage: Stage) -> None:
    officer = await stage.officer()
    code = await code_of(officer)
    chat = {"id": -100777, "type": "channel", "title": "Жазы жаңылыктары"}
    post = {"message_id": 3, "date": 1, "chat": chat, "sender_chat": chat, "text": f"/link {code}"}
    for _repeated in range(2):
        await stage.handle({"update_id": 900_002, "channel_post": post})
    assert await rows(stage, select(Chat.telegram_id, Chat.is_channel)) == [(-100777, True)]
    await stage.deliver()
    assert officer.text == worded("ru", texts.heard_linked, "Жазы жаңылыктары")


async def test_an_officer_unlinks_a_group(stage: Stage) -> None:
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    await say(stage, officer, group, f"/link {await code_of(officer)}")
    await officer.send("/office")
    await officer.tap("chats:")
    await officer.tap("chat:")
    await officer.tap("chatoff:")
    assert worded("ru", texts.linked, []) in officer.text
    [(_id, _municipality, left_at)] = await linked(stage)
    assert left_at is not None
    await officer.press(callbacks.UnlinkChat(chat_id=1))
    assert officer.alert == worded("ru", common.gone, None)


async def test_a_made_up_code_is_answered_once_an_hour(stage: Stage) -> None:
    """Whoever writes many in a group of their own makes the bot say one thing."""
    officer, stranger = await stage.officer(), stage.visitor()
    group = stage.world.group("Чоочун топ", stranger.id)
    for number in range(30):
        await say(stage, stranger, group, f"/link x{number}")
    assert said_in(stage, group) == [worded("ru", texts.outcome, Outcome.UNKNOWN, NOWHERE)]
    await say(stage, officer, group, f"/link {await code_of(officer)}")
    assert "Жазы" in said_in(stage, group)[-1]
    await let_an_hour_pass(stage)
    assert len(said_in(stage, group)) == 2


async def test_a_new_code_after_an_hour_is_answered_again(stage: Stage) -> None:
    stranger = stage.visitor()
    group = stage.world.group("Чоочун топ", stranger.id)
    for _hour in range(2):
        await say(stage, stranger, group, "/link x")
        await say(stage, stranger, group, "/link y")
        await let_an_hour_pass(stage)
    assert len(said_in(stage, group)) == 2


async def test_a_group_that_nobody_links_is_left_after_a_day(stage: Stage) -> None:
    officer = await stage.officer()
    ours, strange = (stage.world.group(title, officer.id) for title in ("Биздики", "Чоочун"))
    await say(stage, officer, ours, f"/link {await code_of(officer)}")
    assert await strangers(stage) == [strange.id]
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 0
    await let_a_day_pass(stage)
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 1
    assert (strange.blocked, ours.blocked) == (True, False)
    assert said_in(stage, strange) == [worded("ru", texts.leaving)]
    await stage.handle_all()
    assert await strangers(stage) == []
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 0


async def test_a_channel_is_left_without_a_word(stage: Stage) -> None:
    channel = stage.world.group("Жаңылыктар", stage.visitor().id)
    channel.type = "channel"
    await stage.handle(membership(channel, "member"))
    await let_a_day_pass(stage)
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 1
    assert channel.blocked
    assert said_in(stage, channel) == []


async def test_whoever_was_sent_away_and_comes_back_has_a_day_again(stage: Stage) -> None:
    officer = await stage.officer()
    group = stage.world.group("Чоочун", officer.id)
    await stage.handle_all()
    await let_a_day_pass(stage)
    await stage.handle(membership(group, "kicked"))
    assert await strangers(stage) == []
    await stage.handle(membership(group, "member"))
    assert await strangers(stage) == [group.id]
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 0


async def test_a_group_that_was_unlinked_is_left_a_day_later(stage: Stage) -> None:
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    await say(stage, officer, group, f"/link {await code_of(officer)}")
    await officer.press(callbacks.UnlinkChat(chat_id=1))
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 0
    await let_a_day_pass(stage)
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 1


async def test_what_cannot_be_left_now_is_tried_again_an_hour_later(stage: Stage) -> None:
    group = stage.world.group("Чоочун", stage.visitor().id)
    await stage.handle_all()
    await let_a_day_pass(stage)
    patient, stage.bot.session = stage.bot.session, Refusing(BotApi(stage.world))
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 0
    stage.bot.session = patient
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 0
    await let_a_day_pass(stage)
    assert await leave_unlinked(stage.bot, stage.database, utc_now()) == 1
    assert group.blocked


class Refusing(DirectSession):
    """Telegram says of every call that it was one too many."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        raise TelegramRetryAfter(method=method, message="Too Many Requests", retry_after=60)


class Away(DirectSession):
    """Telegram says that the bot may not write there."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        raise TelegramForbiddenError(method=method, message="bot was kicked from the group chat")


@pytest.mark.parametrize("session", [Refusing, Away])
async def test_the_troubles_of_a_group_stay_there(stage: Stage, session: type[DirectSession]) -> None:
    """The update is done with: it is neither tried again nor given up with an error."""
    officer = await stage.officer()
    code = await code_of(officer)
    group = stage.world.group("Жазы айылы", officer.id)
    stage.bot.session = session(BotApi(stage.world))
    with structlog.testing.capture_logs() as logged:
        await say(stage, officer, group, f"/link {code}")
    assert [each["event"] for each in logged] == ["a group could not be answered"]
    assert await linked(stage) == [(group.id, JAZY, None)]


async def test_a_supergroup_that_moves_is_answered_by_nothing(stage: Stage) -> None:
    """Not even when the update comes twice: a group is no person whose home could be shown."""
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    await stage.handle_all()
    person = stage.world.people[officer.id].as_user()
    message = {"message_id": 9, "date": 1, "chat": group.as_chat(), "from": person}
    for _twice in range(2):
        await stage.handle({"update_id": 900_003, "message": {**message, "migrate_to_chat_id": -1001235}})
    assert said_in(stage, group) == []
    assert await strangers(stage) == [-1001235]
