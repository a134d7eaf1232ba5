"""Writing a report: one question a screen, nothing refused that can be helped, nothing lost."""

from sqlalchemy import select

from bot.db.models import Draft
from bot.domain.refusals import TextTooLong, TextTooShort
from bot.features.problems import card_texts as cards
from bot.features.problems.reporting import texts
from bot.telegram import texts as common
from tests.features.people import NEED, report, write_report
from tests.features.records import problems, rows, village_ids
from tests.features.wording import worded
from tests.stage import Stage

COLD = "Третий год нет уличного света, дети идут в темноте"


async def test_a_text_has_ten_to_a_thousand_characters(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send("д" * 9)
    assert resident.text == worded("ru", texts.too_short, TextTooShort(at_least=10, length=9))
    await resident.send("д" * 1001)
    assert resident.text == worded("ru", texts.too_long, TextTooLong(at_most=1000, length=1001))
    await resident.send("д" * 1000)
    assert worded("ru", texts.which_village) in resident.text

    await resident.press("step:text")
    await resident.send("  десять бук  ")
    assert worded("ru", texts.which_village) in resident.text


async def test_a_missing_building_brings_a_hint_and_never_a_refusal(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send("Нет спортзала")
    assert worded("ru", texts.hint_need) in resident.text
    await resident.tap("skip:text")
    assert worded("ru", texts.which_village) in resident.text
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == ["Нет спортзала"]


async def test_whoever_takes_the_hint_types_the_better_words_right_away(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await resident.send("/report")
    await resident.send("Бизде спортзал жок")
    assert worded("ky", texts.hint_need) in resident.text
    await resident.send("Кышында 200 бала спорт менен машыга албайт, жакынкы зал 12 чакырым алыс")
    assert worded("ky", texts.which_village) in resident.text


async def test_a_village_may_be_typed(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.send("Париж <и> Лондон")
    assert resident.text == worded("ru", texts.offer_more, "Париж <и> Лондон")
    await resident.send("жеренчи")
    assert worded("ru", texts.which_topic) in resident.text
    for answer in ("dtop:", "skip:who", "skip:media"):
        await resident.tap(answer)
    assert "Жээренчи" in resident.text


async def test_several_messages_in_a_row_make_one_problem(stage: Stage) -> None:
    """A greeting, the problem and the place, each sent before the bot's next question is read."""
    resident = await stage.resident()
    await resident.send("/report")
    greeting, need, place = "Саламатсыздарбы, жардам бериңиздерчи", COLD, "Это на верхней улице"
    for words in (greeting, need, place):
        await resident.send(words)
    await resident.tap("offer:")
    assert worded("ru", texts.which_village) in resident.text
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media", "send:"):
        await resident.tap(answer)
    assert [problem.text for problem in await problems(stage)] == [f"{greeting}\n{need}\n{place}"]


async def test_whoever_only_mistyped_a_village_goes_back_to_the_list(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.send("Верхний")
    await resident.tap("nooffer:")
    assert worded("ru", texts.which_village) in resident.text
    assert await rows(stage, select(Draft.text, Draft.offered)) == [(NEED, None)]


async def test_a_topic_may_be_typed_and_other_words_are_added_to_the_text(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.tap("dvil:")
    await resident.send("Мост там деревянный и старый")
    await resident.tap("offer:")
    assert worded("ru", texts.which_topic) in resident.text
    await resident.send(resident.labels[0].split(" ", 1)[1])
    assert worded("ru", texts.who_suffers) in resident.text
    await resident.send("Подробно: " + "дети и старики, " * 20)
    assert "offer:" in "".join(resident.data)
    await resident.tap("nooffer:")
    await resident.tap("skip:who")
    await resident.send("Ещё там нет перил")
    await resident.tap("offer:")
    await resident.tap("skip:media")
    assert "Мост там деревянный и старый\nЕщё там нет перил" in resident.text


async def test_what_a_report_cannot_hold_is_answered_with_what_it_can(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    stage.world.send_sticker(resident.id)
    await stage.handle_all()
    assert worded("ru", texts.cannot_take) in resident.text
    assert worded("ru", texts.what_happens) in resident.text
    assert "leave" in resident.data
    kept = stage.world.keep_file("v.mp4", "video/mp4", b"video")
    video = {**kept, "width": 1, "height": 1, "duration": 1}
    stage.world.send(resident.id, "video", video, NEED)
    await stage.handle_all()
    assert worded("ru", texts.only_words_taken) in resident.text
    assert worded("ru", texts.which_village) in resident.text
    assert [row.text for row in await rows(stage, select(Draft.text))] == [NEED]


async def test_a_place_on_the_map_is_acknowledged_at_the_first_question(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    stage.world.send_location(resident.id, 40.87, 73.35)
    await stage.handle_all()
    assert worded("ru", cards.attachments, 1) in resident.text
    assert worded("ru", texts.what_happens) in resident.text


async def test_the_skippable_questions_may_be_skipped(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.tap("dvil:")
    await resident.tap("dtop:0")
    await resident.tap("skip:who")
    await resident.tap("skip:media")
    await resident.tap("send:")
    [problem] = await problems(stage)
    assert (problem.topic_id, problem.who, problem.status) == (None, None, "submitted")


async def test_back_leads_to_the_question_before(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.tap("dvil:")
    await resident.tap("step:village", worded("ru", common.back))
    assert worded("ru", texts.which_village) in resident.text
    await resident.tap("step:text", worded("ru", common.back))
    assert NEED in resident.text


async def test_a_cancelled_report_is_kept_or_deleted_as_its_author_likes(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    await resident.tap("leave")
    await resident.tap("home", worded("ru", texts.keep_for_later))
    await resident.tap("rep")
    assert NEED in resident.text

    await resident.tap("leave")
    await resident.tap("drop:")
    assert worded("ru", texts.dropped) == resident.text
    await resident.send("/report")
    assert NEED not in resident.text
    assert await problems(stage) == []


async def test_a_corrected_line_leads_straight_back_to_the_preview(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    await resident.tap("edit:text")
    await resident.send("Весной сломался мост, и теперь всем трудно")
    assert worded("ru", texts.preview) in resident.text
    assert "всем трудно" in resident.text

    await resident.tap("edit:village")
    await resident.tap("dvil:", "Жээренчи")
    assert worded("ru", texts.preview) in resident.text
    assert "Жээренчи" in resident.text

    await resident.tap("edit:who")
    await resident.send("Пастухи & <овцы>")
    assert worded("ru", texts.preview) in resident.text
    assert "Пастухи & <овцы>" in resident.text

    await resident.tap("edit:topic")
    await resident.tap("step:preview", worded("ru", common.back))
    assert worded("ru", texts.preview) in resident.text


async def test_signs_and_emoji_are_shown_as_they_were_written(stage: Stage) -> None:
    words = 'Мост <3 & "дорога" </b> &amp; 🌉👨‍👩‍👧 <script>alert(1)</script>'
    author, facilitator = await stage.resident(), await stage.facilitator()
    await write_report(author, words)
    assert words in author.text
    await author.tap("send:")
    await author.send("/my")
    assert words in author.text

    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    assert words in facilitator.text
    await facilitator.tap("pub:")
    await stage.deliver()
    assert words in author.text
    await author.send("/problems")
    await author.tap("prob:")
    assert words in author.text


async def test_an_unfinished_report_cannot_be_sent(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await resident.send(NEED)
    await resident.press("send:1")
    assert resident.alert == worded("ru", texts.draft_incomplete, None)
    assert await problems(stage) == []


async def test_a_village_of_another_municipality_cannot_be_forged_into_a_report(stage: Stage) -> None:
    resident = await stage.resident()
    await write_report(resident)
    await resident.press(f"dvil:{(await village_ids(stage, 'chaek'))[0]}")
    assert resident.alert == worded("ru", common.gone, None)
    await resident.tap("send:")
    [problem] = await problems(stage)
    assert problem.village_id in await village_ids(stage, "jazy")


async def test_problems_are_numbered_within_their_municipality(stage: Stage) -> None:
    here, there = await stage.resident(), await stage.resident(municipality="chaek")
    for author in (here, here, there):
        await report(author)
    assert sorted(problem.number for problem in await problems(stage)) == [1, 1, 2]
