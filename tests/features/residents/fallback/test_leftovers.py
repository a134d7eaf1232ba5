"""What no feature takes: a helpful answer or none, never a crash."""

from structlog.testing import capture_logs

from bot.features.residents.fallback import texts
from bot.telegram import texts as common
from tests.features.people import NEED
from tests.features.records import everything, problems
from tests.features.wording import worded
from tests.stage import Stage

OLD = ("v0:gone", "cast:1", "cast:1:2:3:4:5", "pub:x", "lang:xx", "dwho:nobody", "🙂", ":", "x" * 64)


async def test_an_old_button_says_so_and_shows_what_there_is_now(stage: Stage) -> None:
    resident = await stage.resident()
    for data in OLD:
        await resident.press(data)
        assert resident.alert == worded("ru", texts.old_button), data
        assert worded("ru", common.home) not in resident.labels
        assert "rep" in resident.data


async def test_numbers_no_database_holds_are_answered_too(stage: Stage) -> None:
    resident = await stage.resident()
    for number in (2**31, 2**63, 10**25, -1, 0):
        for form in ("my:{}:0", "prob:{}:0:0:0", "vote:{}", "mine:{}", "vil:{}", "mun:{}", "send:{}"):
            with capture_logs() as logged:
                await resident.press(form.format(number))
            assert logged == [], form.format(number)


async def test_an_unknown_command_leads_home(stage: Stage) -> None:
    resident = await stage.resident()
    for command in ("/nonsense", "/report_", "/", "/старт"):
        await resident.send(command)
        assert "rep" in resident.data


async def test_help_is_short_and_leads_home(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await resident.send("/help")
    assert resident.text == worded("ky", texts.help_)
    assert resident.data == ["home"]


async def test_stickers_contacts_and_documents_are_answered_in_words(stage: Stage) -> None:
    resident = await stage.resident()
    stage.world.send_sticker(resident.id)
    stage.world.send_contact(resident.id, "+996700000000")
    stage.world.send_document(resident.id, "план.docx", b"PK")
    for each in stage.world.take_updates():
        before = len(resident.messages)
        await stage.handle(each)
        assert resident.text == worded("ru", texts.did_not_understand)
        assert len(resident.messages) == before + 1


async def test_an_edited_message_changes_nothing_and_says_how_to_correct(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    typed = next(message for message in resident.messages if message.text == NEED)
    before = await everything(stage)
    stage.world.edit(resident.id, typed.message_id, "Совсем другие слова об этом")
    await stage.handle_all()
    assert resident.text == worded("ru", texts.edited)
    assert await everything(stage) == before


async def test_groups_and_channels_are_left_in_peace(stage: Stage) -> None:
    resident = await stage.resident()
    group = stage.world.group("Жазы айылы", resident.id)
    stage.world.say(resident.id, "/start", chat_id=group.id)
    stage.world.say(resident.id, NEED, chat_id=group.id)
    added, *talk = stage.world.take_updates()
    await stage.handle(added)
    before = await everything(stage)
    calls = len(stage.session.calls)
    for update in talk:
        await stage.handle(update)
    channel = {"id": -100, "type": "channel", "title": "Новости"}
    post = {"message_id": 1, "date": 0, "chat": channel, "text": NEED}
    for kind in ("channel_post", "edited_channel_post"):
        await stage.handle({"update_id": 10**6, kind: post})
    assert stage.session.calls[calls:] == []
    assert await everything(stage) == before
    assert await problems(stage) == []


async def test_kinds_of_updates_nobody_asked_for_are_passed_over(stage: Stage) -> None:
    await stage.resident()
    calls = len(stage.session.calls)
    person = {"id": 5, "is_bot": False, "first_name": "?"}
    chosen = {"result_id": "p1", "from": person, "query": "вода"}
    await stage.handle({"update_id": 10**6, "chosen_inline_result": chosen})
    assert stage.session.calls[calls:] == []


async def test_whoever_has_never_written_is_greeted_whatever_they_press_or_send(stage: Stage) -> None:
    stranger = stage.visitor("ky")
    await stranger.send(NEED)
    for act in ("/report", "/desk", "/vote", "/my", "/problems", "/settings", "/nonsense"):
        await stranger.send(act)
        assert "lang:ky" in stranger.data
    for data in ("rep", "mine:0", "desk", "agree", "obls", "vils:0", "vil:1", "move:9", "nonsense"):
        await stranger.press(data)
        assert stranger.alert or "lang:ky" in stranger.data
    stage.world.send_sticker(stranger.id)
    await stage.handle_all()
    assert stranger.screen.from_bot
