"""What people write and send out of the blue is offered as a problem and never lost."""

from sqlalchemy import select

from bot.db.models import Attachment, Draft
from bot.domain.problem import LONGEST_OFFER
from bot.domain.text import LONGEST_TEXT
from bot.features.problems.reporting import texts
from tests.features.people import NEED, report, write_report
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


async def test_what_was_offered_waits_on_the_home_screen(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send(COLD)
    await resident.start()
    await resident.tap("offered")
    assert worded("ru", texts.offer, COLD) == resident.text
    await resident.tap("nooffer:")
    assert "offered" not in resident.data
    # Of an older message.
    await resident.press("offered")
    assert "rep" in resident.data
    assert COLD not in resident.text


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


def part(letter: str) -> str:
    return f"{letter} " + "слово " * 80 + letter


async def test_what_is_too_long_is_kept_as_far_as_a_problem_holds_and_can_be_left_so(stage: Stage) -> None:
    resident = await stage.resident()
    for letter in "абв":
        await resident.send(part(letter))
    await resident.tap("offer:")
    [draft] = await rows(stage, select(Draft.text, Draft.step, Draft.offered))
    assert draft.text.startswith(part("а"))
    assert LONGEST_TEXT - 10 < len(draft.text) <= LONGEST_TEXT
    assert (draft.step, draft.offered) == ("text", None)
    assert worded("ru", texts.was_cut, 3 * len(part("а")) + 2) in resident.text
    await resident.tap("skip:text")
    assert worded("ru", texts.which_village) in resident.text


async def test_the_shorter_text_takes_the_place_of_the_one_that_was_too_long(stage: Stage) -> None:
    resident = await stage.resident()
    for letter in "абв":
        await resident.send(part(letter))
    await resident.tap("offer:")
    await resident.send(COLD)
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == [COLD]


async def test_what_does_not_fit_into_a_report_is_cut_there_too(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    await resident.start()
    for letter in "абв":
        await resident.send(part(letter))
    await resident.tap("offer:")
    [draft] = await rows(stage, select(Draft.text))
    assert draft.text.startswith(f"{NEED}\n{part('а')}")
    await resident.send(COLD)
    await resident.tap("send:")
    assert [problem.text for problem in await problems(stage)] == [COLD]


async def test_what_waits_for_an_answer_does_not_grow_without_bound(stage: Stage) -> None:
    resident = await stage.resident()
    for number in range(4):
        await resident.send(f"{number}" * 3000)
    [draft] = await rows(stage, select(Draft.offered))
    assert len(draft.offered) == LONGEST_OFFER
    assert draft.offered.startswith("0" * 3000 + "\n1")
    assert worded("ru", texts.offer_is_full) in resident.text
    assert "offer:" in "".join(resident.data)


async def test_a_report_is_sent_only_when_what_was_written_besides_is_answered(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    await resident.start()
    await resident.send(COLD)
    await resident.press("rep")
    await resident.tap("send:")
    assert resident.text == worded("ru", texts.offer_more, COLD)
    assert await problems(stage) == []
    await resident.tap("nooffer:")
    await resident.tap("send:")
    assert [problem.text for problem in await problems(stage)] == [NEED]


async def test_invisible_words_are_no_problem(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    for typed in ("\u200b" * 20, "\u3164" * 20, "\u0301" * 20, "🙂" * 20):
        await resident.send(typed)
        [draft] = await rows(stage, select(Draft.step, Draft.text))
        assert (draft.step, draft.text) == ("text", None), ascii(typed)
    await resident.send("Мост \u202eсломан, дети идут в обход")
    assert (await rows(stage, select(Draft.text)))[0].text == "Мост сломан, дети идут в обход"
