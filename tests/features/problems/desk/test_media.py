"""A facilitator takes a photo or a voice message out of a problem, after having looked at it."""

import pytest
from sqlalchemy import insert, select, update

from bot.db.models import Attachment, Base, Problem
from bot.features.problems.desk import media_texts as texts
from tests.features.people import NEED, report
from tests.features.records import change, everything, journal, problems, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def with_media(stage: Stage, status: str) -> tuple[Visitor, str, str]:
    """The facilitator, and the files of the photo and of the voice message."""
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, NEED)
    photo = stage.world.keep_photo("p.jpg", "image/jpeg", b"photo")[-1]["file_id"]
    voice = stage.world.keep_file("v.ogg", "audio/ogg", b"voice")["file_id"]
    values = [
        {"is_public": kind == "photo", "problem_id": 1, "kind": kind, "file_id": file_id}
        for kind, file_id in (("photo", photo), ("voice", voice))
    ]
    await change(stage, insert(Attachment).values(values))
    await change(stage, update(Problem).values(status=status))
    return facilitator, photo, voice


async def kept_anywhere(stage: Stage, file_id: str) -> bool:
    for table in Base.metadata.sorted_tables:
        if table.name != "inbox" and file_id in str(await rows(stage, select(table))):
            return True
    return False


@pytest.mark.parametrize("status", ["submitted", "published", "hidden"])
async def test_one_of_them_is_seen_and_removed_and_its_file_is_kept_nowhere(
    stage: Stage, status: str
) -> None:
    facilitator, photo, voice = await with_media(stage, status)
    reader = await stage.resident()
    await facilitator.press("dprob:1")
    await facilitator.tap("dmore:1")
    await facilitator.tap("dmed:1")
    assert not [data for data in facilitator.data if data.startswith("dmdel:")]
    await facilitator.tap("dmsee:1:2")
    [*_before, shown, question] = facilitator.messages
    assert shown.kind == "voice"
    remove = next(data for data in facilitator.data if data.startswith("dmdel:"))
    assert remove == "dmdel:1:2"
    for _again in range(2):
        await facilitator.press(remove, question.message_id)
        assert facilitator.alert == worded("ru", texts.removed_toast)
    assert not await kept_anywhere(stage, voice)
    assert await kept_anywhere(stage, photo)
    assert [each.details for each in await journal(stage, "problem.media_removed")] == [{"kind": "voice"}]
    seen = len(reader.messages)
    await reader.press("media:1")
    kinds = [message.kind for message in reader.messages[seen:]]
    assert "voice" not in kinds
    assert ("photo" in kinds) == (status == "published")
    assert (await problems(stage))[0].text == NEED


async def test_only_what_belongs_to_the_problem_is_removed_and_only_by_its_facilitator(stage: Stage) -> None:
    facilitator, photo, _voice = await with_media(stage, "published")
    other = await stage.facilitator("chaek")
    before = await everything(stage)
    for press in ("dmed:1", "dmsee:1:1", "dmdel:1:1"):
        await other.press(press)
    await facilitator.press("dmdel:1:99")
    await facilitator.press("dmsee:1:99")
    assert await everything(stage) == before
    assert await kept_anywhere(stage, photo)
