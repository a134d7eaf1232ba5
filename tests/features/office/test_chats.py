"""A municipality's groups and channels: linked by an officer's one-time code, and by nothing else."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.models import Chat, ChatCode
from bot.features.office import callbacks
from bot.features.office import chat_texts as texts
from bot.features.office.chat_queries import NOWHERE, Outcome
from bot.sandbox.people import Group
from bot.telegram import texts as common
from tests.features.announcing.officers import JAZY
from tests.features.records import change, journal, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


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

    late = await code_of(officer)
    await change(stage, update(ChatCode).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    await say(stage, officer, second, f"/link {late}")
    assert said_in(stage, second)[-1] == worded("ru", texts.outcome, Outcome.EXPIRED, NOWHERE)
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


def membership(group: Group, status: str, **rights: bool) -> dict[str, Any]:
    bot = {"id": 42, "is_bot": True, "first_name": "bot"}
    member = {"user": bot, "status": status, **rights}
    if status == "kicked":
        member["until_date"] = 0
    person = {"id": 1, "is_bot": False, "first_name": "Admin"}
    return {
        "update_id": 900_000,
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
