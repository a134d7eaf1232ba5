"""A report need not be typed: a voice note tells it, and a photo too."""

from sqlalchemy import select, update

from bot.db.models import Attachment, Problem
from bot.domain.refusals import DraftIncomplete, PhotoAsFile
from bot.features.problems import card_texts as cards
from bot.features.problems.reporting import texts
from tests.features.people import NEED, read_queue
from tests.features.records import change, problems, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

SENT = ("dvil:", "dtop:", "skip:who", "skip:media")


async def speak(stage: Stage, resident: Visitor) -> None:
    stage.world.send_voice(resident.id, b"voice")
    await stage.handle_all()


async def picture(stage: Stage, resident: Visitor) -> None:
    stage.world.send_photo(resident.id, b"picture")
    await stage.handle_all()


async def answer(resident: Visitor, *buttons: str) -> None:
    for button in buttons:
        await resident.tap(button)


async def test_a_voice_note_answers_the_first_question_and_can_be_sent(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await author.send("/report")
    await speak(stage, author)
    assert worded("ky", texts.which_village) in author.text
    await answer(author, *SENT)
    assert worded("ky", cards.wordless) in author.text
    await author.tap("send:")
    [problem] = await problems(stage)
    assert (problem.text, problem.folded, problem.status) == ("", "", "submitted")

    await author.send("/my")
    assert worded("ky", cards.wordless) in author.text
    await author.tap("my:")
    assert worded("ky", cards.wordless) in author.text
    await read_queue(facilitator)
    assert worded("ru", cards.wordless) in facilitator.text
    await facilitator.tap("qmedia:")
    assert [message.kind for message in facilitator.messages if message.kind] == ["voice"]


async def test_after_a_photo_a_few_words_are_asked_for_and_may_be_left_out(stage: Stage) -> None:
    author = await stage.resident()
    await author.send("/report")
    await picture(stage, author)
    assert worded("ru", texts.few_words, 1) in author.text
    assert worded("ru", texts.without_words) in author.labels
    await answer(author, "skip:text", *SENT, "send:")
    assert [problem.text for problem in await problems(stage)] == [""]

    await author.send("/report")
    await picture(stage, author)
    await author.send(NEED)
    assert worded("ru", texts.which_village) in author.text
    await answer(author, *SENT, "send:")
    assert [problem.text for problem in await problems(stage)] == ["", NEED]

    await author.send("/report")
    await picture(stage, author)
    await speak(stage, author)
    assert worded("ru", texts.which_village) in author.text


async def test_a_voice_note_out_of_the_blue_becomes_a_report_with_one_tap(stage: Stage) -> None:
    author = await stage.resident()
    await speak(stage, author)
    assert author.text == worded("ru", texts.offer_media)
    await author.tap("offer:")
    assert worded("ru", texts.which_village) in author.text
    await answer(author, *SENT, "send:")
    assert [row.kind for row in await rows(stage, select(Attachment.kind))] == ["voice"]
    assert [problem.text for problem in await problems(stage)] == [""]

    await picture(stage, author)
    await author.tap("offer:")
    assert worded("ru", texts.few_words, 1) in author.text


async def test_a_report_that_tells_nothing_is_not_sent(stage: Stage) -> None:
    author = await stage.resident()
    await author.send("/report")
    stage.world.send_location(author.id, 40.8, 73.3)
    await stage.handle_all()
    assert worded("ru", texts.what_happens) in author.text
    await author.press("skip:text")
    await answer(author, *SENT, "send:")
    assert author.alert == worded("ru", texts.draft_incomplete, DraftIncomplete())

    await author.tap("edit:text")
    await speak(stage, author)
    assert worded("ru", texts.preview) in author.text
    await answer(author, "edit:media", "dnomedia:", "skip:media", "send:")
    assert author.alert == worded("ru", texts.draft_incomplete, DraftIncomplete())
    assert await problems(stage) == []


async def test_a_place_far_away_is_asked_about_and_kept_or_sent_anew(stage: Stage) -> None:
    author = await stage.resident()
    await author.send("/report")
    await author.send(NEED)
    stage.world.send_location(author.id, 42.87, 74.6)
    await stage.handle_all()
    assert "Жазы" in author.text
    assert worded("ru", texts.place_is_right) in author.labels
    await author.tap("dplace:")
    assert await rows(stage, select(Attachment.id)) == []
    assert worded("ru", texts.which_village) in author.text
    assert worded("ru", texts.send_place_again) in author.text

    stage.world.send_location(author.id, 55.75, 37.6)
    await stage.handle_all()
    await author.tap("dkeep:")
    assert worded("ru", texts.which_village) in author.text
    stage.world.send_location(author.id, 40.75, 73.25)
    await stage.handle_all()
    assert worded("ru", texts.which_village) in author.text
    await answer(author, *SENT, "send:")
    assert [row.kind for row in await rows(stage, select(Attachment.kind))] == ["location"] * 2

    other = await stage.resident()
    await other.send("/report")
    await other.press("dplace:1")
    assert other.alert
    assert len(await rows(stage, select(Attachment.id))) == 2


async def test_a_picture_sent_as_a_file_is_asked_for_as_a_photo(stage: Stage) -> None:
    """Files keep where they were taken; photos lose it on their way through Telegram."""
    author = await stage.resident()
    words = worded("ru", texts.photo_as_file, PhotoAsFile())
    stage.world.send_document(author.id, "IMG_1.jpg", b"with gps", "image/jpeg")
    await stage.handle_all()
    assert author.text == words
    await author.send("/report")
    stage.world.send_document(author.id, "IMG_1.jpg", b"with gps", "image/jpeg")
    await stage.handle_all()
    assert author.text == words
    assert await rows(stage, select(Attachment.id)) == []


async def test_no_list_has_an_empty_line(stage: Stage) -> None:
    author = await stage.resident()
    await author.send("/report")
    await speak(stage, author)
    await answer(author, *SENT, "send:")
    await change(stage, update(Problem).values(status="published"))
    await author.send("/problems")
    assert worded("ru", cards.wordless) in author.text
    await author.tap("find")
    await author.send("мост")
    assert "prob:" not in " ".join(author.data)
