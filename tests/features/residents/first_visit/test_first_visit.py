"""The first visit: language, place and consent, each asked once."""

from bot.db.queries import list_municipalities
from bot.domain.places import Municipality
from bot.features.residents.first_visit import texts
from bot.i18n import LANGUAGES
from bot.telegram import texts as common
from tests.features.people import report
from tests.features.records import problems, resident_of, village_ids
from tests.features.wording import worded
from tests.stage import Stage

SPELT = (
    ("булолу", "Бюлелю"),
    ("БҮЛӨЛҮ", "Бюлелю"),
    ("чон алай", "Чон-Алай"),
    ("гюльстн", "Гюльстан"),
    ("жАзЫ", "Жазы"),
)


async def test_each_language_greets_and_names_itself_in_its_own_words(stage: Stage) -> None:
    stranger = stage.visitor("en")
    await stranger.start()
    for language in LANGUAGES:
        assert worded(language, texts.greeting) in stranger.text
    assert stranger.labels == [worded(language, common.own_language) for language in LANGUAGES]


async def test_from_the_oblast_down_to_the_village(stage: Stage) -> None:
    resident = stage.visitor()
    await resident.start()
    await resident.tap("lang:ky")
    await resident.tap("dists:", "Ош")
    await resident.tap("muns:", "Өзгөн")
    await resident.tap("mun:", "Жазы")
    await resident.tap("vil:", "Жээренчи")
    assert "Жээренчи" in resident.text
    assert (await resident_of(stage, resident)).agreed_at is None

    await resident.tap("agree")
    assert "Жазы" in resident.text
    stored = await resident_of(stage, resident)
    assert (stored.language, stored.agreed_at is None) == ("ky", False)
    assert stored.village_id in await village_ids(stage, "jazy")


async def test_nothing_works_before_the_resident_has_agreed(stage: Stage) -> None:
    resident = stage.visitor()
    await resident.start("m_jazy")
    await resident.tap("lang:ru")
    await resident.send("/report")
    assert worded("ru", common.home) not in resident.labels
    assert any(data.startswith("vil:") for data in resident.data)


async def test_a_typed_name_is_found_however_it_is_spelt(stage: Stage) -> None:
    resident = stage.visitor()
    await resident.start()
    await resident.tap("lang:ru")
    for typed, label in SPELT:
        await resident.send(typed)
        assert label in resident.labels[0], typed
    await resident.tap("mun:", label)
    assert label in resident.text


async def test_an_unknown_name_is_shown_back_and_the_list_stays_in_reach(stage: Stage) -> None:
    resident = stage.visitor()
    await resident.start()
    await resident.tap("lang:ru")
    await resident.send("<b>Щщщщщ</b> & Ъ")
    assert "<b>Щщщщщ</b> & Ъ" in resident.text
    await resident.tap("obls")
    assert any(data.startswith("dists:") for data in resident.data)


async def test_a_municipality_s_link_skips_the_choice(stage: Stage) -> None:
    resident = stage.visitor()
    await resident.start("m_jazy")
    await resident.tap("lang:ru")
    assert worded("ru", texts.which_village, (await jazy(stage)).name) == resident.text


async def test_a_link_to_an_unknown_municipality_begins_like_any_start(stage: Stage) -> None:
    resident = stage.visitor()
    await resident.start("m_atlantis")
    await resident.tap("lang:ru")
    assert worded("ru", texts.which_oblast) == resident.text


async def test_starting_again_loses_nothing(stage: Stage) -> None:
    resident = await stage.resident("ky", village="Жээренчи")
    await report(resident)
    before = await resident_of(stage, resident)
    for payload in ("", "m_jazy", "m_atlantis", "nonsense"):
        await resident.start(payload)
        assert "Жээренчи" in resident.text
    assert await resident_of(stage, resident) == before
    assert len(await problems(stage)) == 1


async def test_a_village_of_another_municipality_cannot_be_forged(stage: Stage) -> None:
    resident = await stage.resident()
    before = await resident_of(stage, resident)
    await resident.press(f"vil:{(await village_ids(stage, 'chaek'))[0]}")
    assert resident.alert == worded("ru", common.gone, None)
    assert await resident_of(stage, resident) == before


async def jazy(stage: Stage) -> Municipality:
    async with stage.database.read() as db:
        return next(each for each in await list_municipalities(db) if each.slug == "jazy")
