"""When the answer to a message was lost, the message is not acted upon again, but answered again."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.db.models import Draft, Problem
from bot.features.hearings.announcing.callbacks import StartAnnouncement
from bot.features.hearings.questions.callbacks import AskQuestion
from bot.features.problems.reporting import texts as problems
from bot.features.residents.first_visit import texts as start
from bot.sandbox.people import Message
from bot.telegram import texts as common
from tests.features.hearings.announcing.officers import JAZY, in_days
from tests.features.hearings.questions.hearing import announced, begun
from tests.features.people import NEED, read_queue, report
from tests.features.plan.drafting.plans import drafted
from tests.features.records import publish, resident_of, rows
from tests.features.votes.paper_votes.sheets import vote_on_paper
from tests.features.wording import worded
from tests.stage import Stage, Visitor
from tests.telegram.processes import handled_again

Told = tuple[str | None, list[str]]


async def answered_twice(stage: Stage, person: Visitor, text: str = "") -> tuple[Told, Told]:
    """Send words (or handle what was sent just now); the answer gets lost, and the update is tried again."""
    if text:
        stage.world.say(person.id, text)
    [update] = stage.world.take_updates()
    await stage.app.inbox.strike_off()
    newest = person.messages[-1].message_id
    await stage.handle(update)
    first = _told(person.screen)
    for message in person.messages:
        if message.from_bot and message.message_id > newest:
            del stage.world.chats[person.id][message.message_id]
    await handled_again(stage)
    return first, _told(person.screen)


def _told(screen: Message) -> Told:
    return screen.text, [button.get("callback_data", "") for row in screen.buttons for button in row]


async def in_a_report(stage: Stage) -> tuple[Visitor, str]:
    resident = await stage.resident()
    await resident.send("/report")
    return resident, NEED


async def at_the_village_of_a_report(stage: Stage) -> tuple[Visitor, str]:
    resident, words = await in_a_report(stage)
    await resident.send(words)
    return resident, "Жээренчи"


async def at_whom_it_touches(stage: Stage) -> tuple[Visitor, str]:
    resident, village = await at_the_village_of_a_report(stage)
    await resident.send(village)
    await resident.tap("dtop:")
    return resident, "Пастухи"


async def where_others_said_the_same(stage: Stage) -> tuple[Visitor, str]:
    await publish(stage, NEED)
    return await in_a_report(stage)


async def with_words_out_of_the_blue(stage: Stage) -> tuple[Visitor, str]:
    return await stage.resident(), NEED


async def announcing_a_hearing(stage: Stage) -> tuple[Visitor, str]:
    officer = await stage.officer()
    await officer.press(StartAnnouncement(municipality_id=JAZY))
    await officer.tap("hkind:")
    return officer, "Бюджеттин долбоору"


async def at_the_day_of_a_hearing(stage: Stage) -> tuple[Visitor, str]:
    officer, topic = await announcing_a_hearing(stage)
    await officer.send(topic)
    for _optional in ("topic2", "agenda"):
        await officer.tap("hskip:")
    return officer, f"{in_days(14):%d.%m.%Y}"


async def entering_a_sheet(stage: Stage) -> tuple[Visitor, str]:
    facilitator, round_id = await vote_on_paper(stage)
    await facilitator.press(f"gathnew:{round_id}")
    for answer in ("gathset:", "gathset:", "gathset:", "gathset:"):
        await facilitator.tap(answer)
    return facilitator, "20 14 30 4"


async def asking_at_a_hearing(stage: Stage) -> tuple[Visitor, str]:
    resident = await stage.resident()
    await resident.press(AskQuestion(hearing_id=await announced(stage)))
    await resident.tap("qkind:")
    return resident, "Когда починят мост?"


async def adopting_a_plan(stage: Stage) -> tuple[Visitor, str]:
    officer = await stage.officer()
    await officer.press(f"pladopt:{await drafted(stage, officer)}")
    return officer, "12/3\n15.01.2026\nТөрага"


async def counting_those_present(stage: Stage) -> tuple[Visitor, str]:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    await officer.press(f"hrecw:{hearing_id}")
    return officer, "12"


@pytest.mark.parametrize(
    "stands",
    [
        in_a_report,
        at_the_village_of_a_report,
        at_whom_it_touches,
        where_others_said_the_same,
        with_words_out_of_the_blue,
        announcing_a_hearing,
        at_the_day_of_a_hearing,
        entering_a_sheet,
        asking_at_a_hearing,
        adopting_a_plan,
        counting_those_present,
    ],
    ids=lambda each: each.__name__,
)
async def test_the_next_question_comes_again_when_it_was_lost(
    stage: Stage, stands: Callable[[Stage], Awaitable[tuple[Visitor, str]]]
) -> None:
    person, words = await stands(stage)
    lost, again = await answered_twice(stage, person, words)
    assert again == lost


async def test_words_out_of_the_blue_are_stored_once_and_home_speaks_of_them(stage: Stage) -> None:
    resident = await stage.resident()
    await answered_twice(stage, resident, NEED)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    await resident.send("/start")
    assert worded("ru", start.offer_waits) in resident.text
    await resident.tap("offered", worded("ru", start.see_offer))
    assert resident.text == worded("ru", problems.offer, NEED)
    await resident.tap("nooffer:")
    assert worded("ru", start.offer_waits) not in resident.text
    await resident.press("offered")
    assert "set" in resident.data


async def test_a_photo_out_of_the_blue_waits_at_home_too(stage: Stage) -> None:
    resident = await stage.resident()
    stage.world.send_photo(resident.id, b"picture")
    _lost, again = await answered_twice(stage, resident)
    assert again[0] == worded("ru", problems.offer_media)
    await resident.send("/start")
    await resident.tap("offered")
    assert resident.text == worded("ru", problems.offer_media)


async def test_where_no_question_follows_the_message_is_said_to_be_taken(stage: Stage) -> None:
    """Here the last answer of a facilitator, after which nothing is awaited."""
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("iask:")
    _lost, again = await answered_twice(stage, facilitator, "На какой улице?")
    assert (again[0] or "").startswith(worded("ru", common.taken))
    assert "set" in again[1]


async def test_a_lost_answer_is_never_taken_for_the_answer_to_the_next_question(stage: Stage) -> None:
    """The reason typed for one question is no date, which the next one asks for."""
    [problem, *_others] = await publish(stage, NEED, "Дороги нет", "Света нет")
    facilitator = await stage.facilitator()
    await facilitator.press(f"pline:{problem}:causes")
    await answered_twice(stage, facilitator, "Мост старый, его смыло весной")
    assert (await resident_of(stage, facilitator)).awaiting is None
    assert [
        row.causes for row in await rows(stage, select(Problem.causes).order_by(Problem.id).limit(1))
    ] == ["Мост старый, его смыло весной"]
    assert await rows(stage, select(Draft.id)) == []


async def test_a_command_that_is_repeated_shows_home_as_it_is(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    lost, again = await answered_twice(stage, resident, "/start")
    assert again == lost
