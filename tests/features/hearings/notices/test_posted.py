"""A hearing in the municipality's group: posted in both languages, changed and called off like everywhere."""

from bot.features.hearings.announcing.callbacks import AskToCancelHearing, ChangeHearing
from tests.features.hearings.announcing.officers import TOPIC, announce
from tests.features.hearings.officer_home.test_chats import code_of, said_in, say
from tests.stage import Stage


async def test_a_group_reads_of_a_hearing_of_its_change_and_that_it_is_off(stage: Stage) -> None:
    officer = await stage.officer()
    group = stage.world.group("Жазы айылы", officer.id)
    elsewhere = stage.world.group("Башка айыл", officer.id)
    await say(stage, officer, group, f"/link {await code_of(officer)}")

    await announce(officer)
    await stage.deliver()
    posted = stage.world.messages(group.id)[-1]
    assert TOPIC in (posted.text or "")
    assert [button["url"] for row in posted.buttons for button in row] == [
        "https://t.me/bap_sandbox_bot?start=h_1"
    ]

    await officer.press(ChangeHearing(hearing_id=1))
    await officer.press("hline:2:time")
    await officer.send("16:30")
    await officer.tap("hchgok:")
    await stage.deliver()
    assert "16:30" in said_in(stage, group)[-1]

    await officer.press(AskToCancelHearing(hearing_id=1))
    await officer.send("Зал жабык")
    await officer.tap("hcan:")
    await stage.deliver()
    assert "Зал жабык" in said_in(stage, group)[-1]
    assert said_in(stage, elsewhere) == []
