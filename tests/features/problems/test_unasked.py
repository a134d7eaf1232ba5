"""What people write and send out of the blue is offered as a problem and never lost."""

from sqlalchemy import select

from bot.db.models import Attachment, Draft
from bot.features.problems import texts
from tests.features.people import NEED, report
from tests.features.records import problems, rows
from tests.features.wording import worded
from tests.stage import Stage

COLD = "Зимой в школе холодно, котёл не работает уже месяц"


async def test_free_text_becomes_a_report_with_one_tap(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send(COLD)
    assert worded("ru", texts.offer, COLD) == resident.text
    await resident.tap("offer:")
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == [COLD]


async def test_a_problem_told_in_several_messages_is_kept_whole(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send(COLD)
    await resident.send("Дети сидят в куртках")
    stage.world.send_photo(resident.id, b"picture")
    await stage.handle_all()
    assert COLD in resident.text
    await resident.tap("offer:")
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == [f"{COLD}\nДети сидят в куртках"]
    assert [row.kind for row in await rows(stage, select(Attachment.kind))] == ["photo"]


async def test_free_text_is_added_to_the_unfinished_report(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.start()
    await resident.send(COLD)
    assert worded("ru", texts.offer_add) in resident.labels
    await resident.tap("offer:")
    assert worded("ru", texts.which_village) in resident.text
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == [f"{NEED}\n{COLD}"]


async def test_what_is_said_to_be_no_problem_is_forgotten(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("Спасибо вам всем большое!")
    await resident.tap("nooffer:")
    assert await rows(stage, select(Draft.id)) == []
    await resident.send(COLD)
    assert worded("ru", texts.offer, COLD) == resident.text


async def test_an_unfinished_report_outlives_words_that_are_no_problem(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.start()
    await resident.send("Спасибо вам всем большое!")
    await resident.tap("nooffer:")
    [draft] = await rows(stage, select(Draft.text, Draft.offered, Draft.step))
    assert tuple(draft) == (NEED, None, "village")


async def test_nobody_takes_back_what_another_was_offered(stage: Stage) -> None:
    resident, other = await stage.resident(), await stage.resident()
    await resident.send(COLD)
    [draft] = await rows(stage, select(Draft.id))
    for forged in (f"nooffer:{draft.id}", f"offer:{draft.id}", f"drop:{draft.id}"):
        await other.press(forged)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [COLD]


async def test_the_next_words_after_a_sent_report_are_a_new_problem(stage: Stage) -> None:
    resident = await stage.resident()
    await report(resident)
    await resident.send(COLD)
    await resident.tap("offer:")
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == [NEED, COLD]
