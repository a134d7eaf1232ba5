"""A report that waits is stood behind unread: nobody else is told more than that it waits."""

import pytest
from sqlalchemy import select

from bot.db.models import Delivery, Draft
from bot.features.problems.reporting import similar_texts as texts
from bot.features.problems.status_notices import texts as words_back
from bot.telegram import texts as common
from tests.features.people import report
from tests.features.problems.reporting.test_similar import OTHER, ROAD, SAME, begin, supporters
from tests.features.records import deliveries, problems, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

# What only the author knows of it, with the road of the others.
SECRET = "Токтогул уулу Асан, үйү Ленин 45, тел 0777 998 877"
ROAD_WITH_SECRET = f"{ROAD}. {SECRET}"


async def a_waiting_report(stage: Stage) -> tuple[Visitor, Visitor]:
    """A resident who has begun what somebody else has sent already, and the facilitator who has not read."""
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await report(author, ROAD_WITH_SECRET)
    neighbour = await stage.resident("ru")
    await begin(neighbour, SAME)
    return neighbour, facilitator


def said(visitor: Visitor) -> str:
    return "\n".join(
        [*((each.text or "") for each in visitor.messages if each.from_bot), visitor.alert or ""]
    )


async def test_of_a_report_that_waits_it_is_said_that_it_waits_and_nothing_else(stage: Stage) -> None:
    neighbour, _facilitator = await a_waiting_report(stage)
    assert neighbour.text == worded("ru", texts.waiting, SAME)
    for word in ("№", "Асан", "0777", "чуңкур", "Жээренчи"):
        assert word not in neighbour.text
    [draft] = await rows(stage, select(Draft.id))
    assert neighbour.data == [f"simwait:{draft.id}:1", "step:village", "step:text", "leave"]


async def test_who_stands_behind_it_is_counted_with_their_words_and_hears_when_it_is_published(
    stage: Stage,
) -> None:
    neighbour, facilitator = await a_waiting_report(stage)
    waiting = neighbour.data[0]
    for _again in range(3):
        await neighbour.press(waiting)
        assert "№" not in neighbour.text
        assert neighbour.data == ["home"]
    mine = (await resident_of(stage, neighbour)).id
    assert await supporters(stage) == [(1, mine, SAME)]
    assert await rows(stage, select(Draft.id)) == []
    assert len(await problems(stage)) == 1
    await neighbour.send("/my")
    await neighbour.tap("toos:")
    assert "1" in neighbour.text
    assert not any(data.startswith("prob:") for data in neighbour.data)
    assert SECRET not in said(neighbour)

    await facilitator.press("report:1")
    assert SAME in facilitator.text
    await facilitator.press("pub:1")
    await stage.deliver()
    assert SECRET in neighbour.text
    await neighbour.tap("prob:1")
    assert SECRET in neighbour.text


async def test_when_it_is_declined_they_hear_neither_its_words_nor_why_but_get_their_own_back(
    stage: Stage,
) -> None:
    neighbour, facilitator = await a_waiting_report(stage)
    await neighbour.tap("simwait:")
    await facilitator.press("declo:1")
    await facilitator.send("Тут имя соседа: Асан. Так нельзя.")
    await stage.deliver()
    assert neighbour.data[0] == "rep"
    assert SAME in neighbour.text
    assert "Асан" not in said(neighbour)
    assert "Так нельзя" not in said(neighbour)
    mine = (await resident_of(stage, neighbour)).id
    stored = [each.facts for each in await deliveries(stage) if each.resident_id == mine]
    assert "Асан" not in str(stored)


async def test_when_it_is_joined_they_hear_of_the_public_one_and_of_no_other(stage: Stage) -> None:
    neighbour, facilitator = await a_waiting_report(stage)
    await neighbour.tap("simwait:")
    other = await stage.resident("ky")
    await report(other, OTHER)
    await facilitator.press("mjoin:1:2")
    await stage.deliver()
    assert not any(data.startswith("prob:") for data in neighbour.data)
    assert OTHER not in neighbour.text
    await facilitator.press("msplit:1")
    await stage.deliver()
    assert SECRET not in said(neighbour)
    await facilitator.press("pub:2")
    await facilitator.press("mjoin:1:2")
    await stage.deliver()
    await neighbour.tap("prob:1")
    assert OTHER in neighbour.text
    assert SECRET not in said(neighbour)


async def test_old_and_forged_buttons_of_a_hidden_report_show_nothing_of_it(stage: Stage) -> None:
    neighbour, _facilitator = await a_waiting_report(stage)
    await report(await stage.resident("ky"), OTHER)
    [draft] = await rows(stage, select(Draft.id))
    for data in ("sim:1", "sim:2", "too:1:1", "too:2:1", f"simyes:{draft.id}:2", f"simwait:{draft.id}:2"):
        await neighbour.press(data)
        assert neighbour.alert == worded("ru", common.gone, None), data
    assert await supporters(stage) == []
    # The button that came with its card in earlier days does what is done now.
    await neighbour.press(f"simyes:{draft.id}:1")
    assert neighbour.text.startswith("🤝")
    assert "№" not in neighbour.text
    assert [each[0] for each in await supporters(stage)] == [1]


async def test_declined_between_showing_and_pressing_nothing_is_lost(stage: Stage) -> None:
    neighbour, facilitator = await a_waiting_report(stage)
    waiting = neighbour.data[0]
    await facilitator.press("declr:1:unclear")
    await neighbour.press(waiting)
    assert neighbour.alert == worded("ru", common.gone, None)
    assert [row.text for row in await rows(stage, select(Draft.text))] == [SAME]


async def test_published_between_showing_and_pressing_it_is_shown(stage: Stage) -> None:
    neighbour, facilitator = await a_waiting_report(stage)
    waiting = neighbour.data[0]
    await facilitator.press("pub:1")
    await neighbour.press(waiting)
    await neighbour.tap("prob:1")
    assert SECRET in neighbour.text


@pytest.mark.parametrize(
    "tried",
    [
        "Токтогул уулу Асан, үйү Ленин 45",
        "тел 0777 998 877 кимдики экен",
        "Асан деген киши Ленин көчөсүндө турат",
        "Көпүрө сынган, балдар айланып барат",
    ],
)
async def test_a_name_a_number_or_an_address_cannot_be_found_out_by_trying(stage: Stage, tried: str) -> None:
    await report(await stage.resident("ky"), ROAD_WITH_SECRET)
    curious = await stage.resident("ky")
    await begin(curious, tried)
    assert not any(data.startswith(("sim:", "simwait:")) for data in curious.data)


async def test_names_make_no_difference_to_whether_it_waits(stage: Stage) -> None:
    await report(await stage.resident("ky"), ROAD_WITH_SECRET)
    shown = []
    for name in ("Асан", "Үсөн", "0777 998 877", "0555 111 222", "Ленин 45", "Манас 12"):
        curious = await stage.resident("ky")
        await begin(curious, f"{ROAD}. {name}")
        shown.append([data.split(":")[0] for data in curious.data])
    assert all(each == shown[0] for each in shown)
    assert shown[0][0] == "simwait"


async def test_the_authors_own_words_are_no_way_to_what_the_facilitator_took_out(stage: Stage) -> None:
    """A public problem whose wording was changed is found by its wording alone."""
    author, facilitator = await stage.resident("ky"), await stage.facilitator(language="ky")
    await report(author, ROAD_WITH_SECRET)
    await facilitator.press("pline:1:wording")
    await facilitator.send("Айылдын борборундагы жол оңдоону талап кылат")
    await facilitator.press("pub:1")
    curious = await stage.resident("ky")
    await begin(curious, SECRET)
    assert not any(data.startswith(("sim:", "simwait:")) for data in curious.data)


async def test_a_notice_queued_by_an_earlier_version_is_worded_without_the_report(stage: Stage) -> None:
    old = {
        "problem_id": 1,
        "number": 1,
        "wording": [SECRET, "ky", None],
        "word": "declined",
        "reason": "own",
        "words": SECRET,
        "is_author": False,
    }
    assert SECRET not in worded("ru", words_back.heard, old)
    assert SECRET not in worded("ru", words_back.heard_many, [old], 1)
    assert await rows(stage, select(Delivery.id)) == []
