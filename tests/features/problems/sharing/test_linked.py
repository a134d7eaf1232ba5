"""The deep link of a problem, the button that shares it, and the link of a village's poster."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from bot.db.models import Problem
from bot.domain.problem import PUBLIC, ProblemStatus
from bot.features.problems import sharing_texts
from bot.i18n import LANGUAGES
from bot.sandbox.state import BOT
from tests.features.records import change, municipality_id, publish, resident_of, village_ids
from tests.features.wording import worded
from tests.stage import Stage, Visitor

BRIDGE = "Мост <b>сломан</b> & дети ходят в обход"


def share_button(visitor: Visitor) -> str | None:
    """Where the button that shares leads."""
    buttons = [each for row in visitor.screen.buttons for each in row]
    return next((each["url"] for each in buttons if "share/url" in each.get("url", "")), None)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_resident_sees_the_card_at_once_and_passes_it_on(stage: Stage, language: str) -> None:
    [problem_id] = await publish(stage, BRIDGE)
    resident = await stage.resident(language)
    await resident.send("/report")
    await resident.start(f"p_{problem_id}")

    assert BRIDGE in resident.text
    assert "home" in resident.data
    assert (await resident_of(stage, resident)).awaiting is None
    asked = parse_qs(urlsplit(share_button(resident) or "").query)
    assert asked["url"] == [f"https://t.me/{BOT['username']}?start=p_{problem_id}"]
    assert BRIDGE in asked["text"][0]
    assert "№1" in asked["text"][0]
    assert worded(language, sharing_texts.share) in resident.labels

    # The same card in the list and among one's own has the same button.
    linked = share_button(resident)
    await resident.tap("all:")
    await resident.tap("prob:")
    assert share_button(resident) == linked
    await change(stage, update(Problem).values(author_id=(await resident_of(stage, resident)).id))
    await resident.send("/my")
    await resident.tap("my:")
    assert share_button(resident) == linked
    await change(stage, update(Problem).values(status=ProblemStatus.SUBMITTED))
    await resident.send("/my")
    await resident.tap("my:")
    assert share_button(resident) is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_newcomer_lands_on_the_card_after_the_first_visit(stage: Stage, language: str) -> None:
    [problem_id] = await publish(stage, BRIDGE)
    visitor = stage.visitor(language)
    await visitor.start(f"p_{problem_id}")
    await visitor.tap("lang:" + language)
    await visitor.send("Саламатсызбы")
    await visitor.tap("vil:")
    await visitor.tap("agree")

    assert BRIDGE in visitor.text
    known = await resident_of(stage, visitor)
    assert known.municipality_id == await municipality_id(stage, "jazy")
    assert known.awaiting is None
    await visitor.tap("home")
    assert "rep" in visitor.data


async def test_who_stopped_half_way_goes_on_and_lands_on_the_card_too(stage: Stage) -> None:
    [problem_id] = await publish(stage, BRIDGE)
    visitor = stage.visitor()
    await visitor.start("m_shark")
    await visitor.tap("lang:ru")
    await visitor.start(f"p_{problem_id}")
    await visitor.tap("vil:")
    await visitor.tap("agree")

    assert BRIDGE in visitor.text
    assert (await resident_of(stage, visitor)).municipality_id == await municipality_id(stage, "shark")
    assert not [data for data in visitor.data if data and data != "home"]


async def test_a_resident_of_another_municipality_reads_it_and_no_more(stage: Stage) -> None:
    [problem_id] = await publish(stage, BRIDGE)
    neighbour = await stage.resident("ru", "shark")
    home = await resident_of(stage, neighbour)
    await neighbour.start(f"p_{problem_id}")

    assert BRIDGE in neighbour.text
    assert "Жазы" in neighbour.text
    assert share_button(neighbour)
    assert [data for data in neighbour.data if data] == ["home"]
    assert (await resident_of(stage, neighbour)).municipality_id == home.municipality_id


async def test_a_link_to_what_is_not_public_says_nothing_of_it(stage: Stage) -> None:
    [problem_id] = await publish(stage, "Купуя: " + BRIDGE)
    resident, stranger = await stage.resident(), stage.visitor()
    for status in set(ProblemStatus) - PUBLIC:
        await change(stage, update(Problem).values(status=status))
        for payload in (f"p_{problem_id}", "p_999999999"):
            await resident.start(payload)
            assert "Купуя" not in resident.text
            assert "/start" in resident.text
            await stranger.start(payload)
            assert "lang:ky" in stranger.data
    for payload in ("p_", "p_x", "p_1x", "p_" + "9" * 20, "p_-1"):
        await resident.start(payload)
        assert "rep" in resident.data


async def test_the_link_of_a_joined_problem_leads_to_the_one_that_speaks_for_it(stage: Stage) -> None:
    first, second, third = await publish(stage, "Биринчи көйгөй жөнүндө", "Экинчи көйгөй жөнүндө", BRIDGE)
    for problem_id, speaker in ((first, second), (second, third)):
        joined = {"status": ProblemStatus.MERGED, "merged_into_id": speaker}
        await change(stage, update(Problem).where(Problem.id == problem_id).values(**joined))
    resident = await stage.resident()
    await resident.start(f"p_{first}")
    assert BRIDGE in resident.text

    # Even a ring, which must not be, ends.
    ring = {"status": ProblemStatus.MERGED, "merged_into_id": first}
    await change(stage, update(Problem).where(Problem.id == third).values(**ring))
    await resident.start(f"p_{first}")
    assert BRIDGE not in resident.text


async def test_the_link_of_a_village_has_chosen_it_already(stage: Stage) -> None:
    village = (await village_ids(stage, "jazy"))[2]
    visitor = stage.visitor("ky")
    await visitor.start(f"m_jazy_{village}")
    await visitor.tap("lang:ky")
    assert "agree" in visitor.data
    await visitor.tap("agree")
    assert (await resident_of(stage, visitor)).village_id == village

    elsewhere = (await village_ids(stage, "shark"))[0]
    for payload in (f"m_jazy_{elsewhere}", "m_jazy_999999999", "m_jazy_"):
        other = stage.visitor("ky")
        await other.start(payload)
        await other.tap("lang:ky")
        assert "agree" not in other.data
    settled = await stage.resident("ru", "jazy")
    before = await resident_of(stage, settled)
    await settled.start(f"m_jazy_{village}")
    assert (await resident_of(stage, settled)).village_id == before.village_id
