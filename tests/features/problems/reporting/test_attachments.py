"""Photos, voice notes and places: kept with the problem, shown to whoever may read it."""

from sqlalchemy import select

from bot.db.models import Attachment
from bot.domain.refusals import TooManyAttachments
from bot.features.problems.reporting import texts
from bot.telegram import texts as common
from tests.features.people import NEED
from tests.features.records import problems, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def attach_all(stage: Stage, resident: Visitor) -> None:
    stage.world.send_photo(resident.id, b"picture")
    stage.world.send_voice(resident.id, b"voice")
    stage.world.send_location(resident.id, 40.75, 73.25)
    await stage.handle_all()


async def up_to_media(resident: Visitor) -> None:
    await resident.send("/report")
    await resident.send(NEED)
    for answer in ("dvil:", "dtop:", "skip:who"):
        await resident.tap(answer)


async def test_a_photo_a_voice_and_a_place_go_with_the_problem(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await up_to_media(author)
    await attach_all(stage, author)
    await author.tap("skip:media")
    await author.tap("send:")
    [problem] = await problems(stage)
    kept = await rows(stage, select(Attachment.__table__).order_by(Attachment.id))
    assert [(row.problem_id, row.draft_id, row.kind) for row in kept] == [
        (problem.id, None, "photo"),
        (problem.id, None, "voice"),
        (problem.id, None, "location"),
    ]

    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("qmedia:")
    shown = [message for message in facilitator.messages if message.kind]
    assert [message.kind for message in shown] == ["photo", "voice", "location"]
    assert stage.world.files[shown[0].media[-1]["file_id"]].content == b"picture"
    assert (shown[2].media["latitude"], shown[2].media["longitude"]) == (40.75, 73.25)


async def test_a_fourth_attachment_is_refused_kindly_and_the_three_stay(stage: Stage) -> None:
    resident = await stage.resident()
    await up_to_media(resident)
    await attach_all(stage, resident)
    stage.world.send_photo(resident.id, b"one too many")
    await stage.handle_all()
    assert resident.text == worded("ru", texts.too_many_attachments, TooManyAttachments(3))
    assert len(await rows(stage, select(Attachment.id))) == 3


async def test_attachments_may_be_removed_again(stage: Stage) -> None:
    resident = await stage.resident()
    await up_to_media(resident)
    await attach_all(stage, resident)
    await resident.tap("dnomedia:")
    assert await rows(stage, select(Attachment.id)) == []
    assert worded("ru", texts.skip) in resident.labels


async def test_a_photo_with_words_below_it_answers_the_first_question(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    stage.world.send_photo(resident.id, b"picture", caption=NEED)
    await stage.handle_all()
    assert worded("ru", texts.which_village) in resident.text
    await resident.tap("step:text")
    assert NEED in resident.text
    assert len(await rows(stage, select(Attachment.id))) == 1


async def test_nobody_sees_the_photo_of_a_problem_that_is_not_published(stage: Stage) -> None:
    author, neighbour = await stage.resident(), await stage.resident()
    await up_to_media(author)
    await attach_all(stage, author)
    await author.tap("skip:media")
    await author.tap("send:")
    [problem] = await problems(stage)
    await neighbour.press(f"media:{problem.id}")
    assert neighbour.alert == worded("ru", common.gone, None)
    assert [message for message in neighbour.messages if message.kind] == []

    await author.press(f"media:{problem.id}")
    assert [message.kind for message in author.messages if message.kind and message.from_bot] == [
        "photo",
        "voice",
        "location",
    ]


async def test_a_photo_with_too_few_words_is_kept_and_words_are_asked_for(stage: Stage) -> None:
    author = await stage.resident()
    await author.send("/report")
    stage.world.send_photo(author.id, b"picture", "Жол")
    await stage.handle_all()
    assert "10" in author.text

    await author.send(NEED)
    assert [row.kind for row in await rows(stage, select(Attachment.__table__))] == ["photo"]
    assert any(data.startswith("dvil:") for data in author.data)
