"""What of a report becomes public is said before it is sent, and is its author's to decide."""

from typing import Any

from sqlalchemy import select

from bot.db.models import Attachment, Draft
from bot.domain.personal import LEFT_OUT
from bot.domain.problem import MediaKind
from bot.domain.refusals import TextTooShort
from bot.features.problems import card_texts as cards, privacy_texts
from bot.features.problems.reporting import texts
from bot.features.problems.reporting.callbacks import (
    DropAttachment,
    DropPersonal,
    KeepPersonal,
    SetVoicePublic,
)
from bot.telegram import texts as common
from tests.features.people import NEED, read_queue, report, write_report
from tests.features.records import problems, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor

PHONE = "0777 998 877"
TELLING = f"Кошунам суу акысын төлөбөйт, телефону {PHONE}, өзүңүздөр чалып сүйлөшүңүздөрчү"

# What the desk is warned with, up to what was found.
WARNING = "⚠️ В тексте есть личные данные"


async def send_media(stage: Stage, resident: Visitor, *kinds: MediaKind) -> None:
    for kind in kinds:
        if kind is MediaKind.VOICE:
            stage.world.send_voice(resident.id, b"voice")
        elif kind is MediaKind.PHOTO:
            stage.world.send_photo(resident.id, b"picture")
        else:
            stage.world.send_location(resident.id, 40.75, 73.25)
        await stage.handle_all()


async def up_to_preview(stage: Stage, author: Visitor, *kinds: MediaKind) -> None:
    """With what is sent at the question for it."""
    await author.send("/report")
    await author.send(NEED)
    for answer in ("dvil:", "dtop:", "skip:who"):
        await author.tap(answer)
    await send_media(stage, author, *kinds)
    await author.tap("skip:media")


async def published(stage: Stage, author: Visitor, facilitator: Visitor) -> int:
    await author.tap("send:")
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    return int((await problems(stage))[-1].id)


async def kinds_shown(visitor: Visitor, problem_id: int) -> list[Any]:
    before = len(visitor.messages)
    await visitor.press(f"media:{problem_id}")
    return [each.kind for each in visitor.messages[before:] if each.from_bot and each.kind]


async def test_the_first_question_says_what_will_be_public(stage: Stage) -> None:
    for language in ("ky", "ru"):
        resident = await stage.resident(language)
        await resident.send("/report")
        assert worded(language, texts.what_is_public) in resident.text


async def test_what_becomes_public_is_said_of_a_report_begun_out_of_the_blue(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send(NEED)
    await resident.tap("offer:")
    assert worded("ru", texts.what_is_public) in resident.text
    assert worded("ru", texts.which_village) in resident.text


async def test_a_voice_is_heard_by_the_desk_and_by_its_author_alone(stage: Stage) -> None:
    author, facilitator, neighbour = (
        await stage.resident(),
        await stage.facilitator(),
        await stage.resident(),
    )
    await up_to_preview(stage, author, MediaKind.PHOTO, MediaKind.VOICE)
    assert worded("ru", texts.who_hears, False) in author.text
    assert worded("ru", texts.everybody_sees) in author.text
    problem_id = await published(stage, author, facilitator)

    await neighbour.press(f"prob:{problem_id}:0:0:0")
    assert worded("ru", cards.attachments, 1) in neighbour.text
    assert await kinds_shown(neighbour, problem_id) == ["photo"]
    assert await kinds_shown(author, problem_id) == ["photo", "voice"]
    await author.press(f"my:{problem_id}:0")
    assert worded("ru", texts.kept_back) in author.text
    await facilitator.press(f"dprob:{problem_id}")
    before = len(facilitator.messages)
    await facilitator.tap("qmedia:")
    assert [each.kind for each in facilitator.messages[before:]] == ["photo", "voice"]


async def test_a_report_of_a_voice_alone_is_put_into_words_and_stays_unheard(stage: Stage) -> None:
    author, facilitator, neighbour = (
        await stage.resident(),
        await stage.facilitator(),
        await stage.resident(),
    )
    await author.send("/report")
    await send_media(stage, author, MediaKind.VOICE)
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media"):
        await author.tap(answer)
    await author.tap("send:")
    await read_queue(facilitator)
    await facilitator.tap("pedit:")
    await facilitator.tap("pline:")
    await facilitator.send(NEED)
    await facilitator.tap("dprob:")
    await facilitator.tap("pub:")
    [problem] = await problems(stage)
    assert problem.status == "published"
    await neighbour.press(f"prob:{problem.id}:0:0:0")
    assert "media:" not in "".join(neighbour.data)
    assert await kinds_shown(neighbour, problem.id) == []


async def test_a_voice_is_heard_by_everybody_if_its_author_agrees(stage: Stage) -> None:
    author, facilitator, neighbour = (
        await stage.resident(),
        await stage.facilitator(),
        await stage.resident(),
    )
    await up_to_preview(stage, author, MediaKind.VOICE)
    await author.tap("dvoice:")
    assert worded("ru", texts.who_hears, True) in author.text
    problem_id = await published(stage, author, facilitator)
    assert await kinds_shown(neighbour, problem_id) == ["voice"]


async def test_the_switch_carries_the_wanted_state_and_can_be_turned_back(stage: Stage) -> None:
    author = await stage.resident()
    await up_to_preview(stage, author, MediaKind.VOICE)
    [draft] = await rows(stage, select(Draft.id))
    for on in (True, True, False, False):
        await author.press(SetVoicePublic(draft_id=draft.id, on=on))
        assert await rows(stage, select(Attachment.is_public)) == [(on,)]


async def test_a_voice_sent_after_the_consent_is_asked_about_again(stage: Stage) -> None:
    author = await stage.resident()
    await up_to_preview(stage, author, MediaKind.VOICE)
    await author.tap("dvoice:")
    await author.tap("edit:media")
    await send_media(stage, author, MediaKind.VOICE)
    await author.tap("skip:media")
    assert worded("ru", texts.who_hears, False) in author.text
    assert await rows(stage, select(Attachment.is_public).order_by(Attachment.id)) == [(True,), (False,)]


async def test_the_media_of_a_joined_problem_are_not_shown_through_its_old_number(stage: Stage) -> None:
    author, facilitator, neighbour = (
        await stage.resident(),
        await stage.facilitator(),
        await stage.resident(),
    )
    await up_to_preview(stage, author, MediaKind.PHOTO)
    await author.tap("send:")
    await report(author, "Айылда ит көп, балдарды тиштеп жатат, кармоо керек")
    joined, into = await problems(stage)
    await facilitator.press(f"pub:{into.id}")
    await facilitator.press(f"mjoin:{joined.id}:{into.id}")
    assert (await problems(stage))[0].status == "merged"
    assert await kinds_shown(neighbour, joined.id) == []
    assert await kinds_shown(author, joined.id) == ["photo"]


async def test_each_attachment_is_taken_off_by_itself(stage: Stage) -> None:
    author = await stage.resident()
    await up_to_preview(stage, author, MediaKind.PHOTO, MediaKind.VOICE, MediaKind.PHOTO)
    await author.tap("edit:media")
    await author.tap("datt:", "2")
    await author.tap("datt:", worded("ru", texts.drop_attachment, MediaKind.VOICE, 1, 1))
    left = await rows(stage, select(Attachment.kind, Attachment.source_update))
    assert [row.kind for row in left] == ["photo"]
    [draft] = await rows(stage, select(Draft.id))
    await author.press(DropAttachment(draft_id=draft.id, source=left[0].source_update + 1))
    assert len(await rows(stage, select(Attachment.id))) == 1


async def test_personal_data_is_pointed_out_and_left_out_with_one_tap(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await write_report(author, TELLING)
    assert worded("ky", privacy_texts.kind_words, "phone") in author.text
    assert author.text.count(PHONE) == 2
    await author.tap("dpers:")
    assert PHONE not in author.text
    assert LEFT_OUT in author.text
    assert "dpers" not in "".join(author.data)
    await author.press(DropPersonal(draft_id=(await rows(stage, select(Draft.id)))[0].id))
    await author.tap("send:")
    [problem] = await problems(stage)
    assert problem.text == TELLING.replace(PHONE, LEFT_OUT)
    assert PHONE not in problem.folded
    await read_queue(facilitator)
    assert WARNING not in facilitator.text


async def test_personal_data_stays_if_its_author_wants_it_and_the_desk_sees_the_warning(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await write_report(author, TELLING)
    await author.tap("dpersok:")
    assert "dpers" not in "".join(author.data)
    assert author.text.count(PHONE) == 1
    await author.tap("send:")
    await read_queue(facilitator)
    assert facilitator.text.count(PHONE) == 2
    assert WARNING in facilitator.text
    await facilitator.tap("pub:")
    assert (await problems(stage))[0].text == TELLING


async def test_a_report_is_sent_whether_or_not_the_question_is_answered(stage: Stage) -> None:
    author = await stage.resident()
    await report(author, TELLING)
    assert [problem.text for problem in await problems(stage)] == [TELLING]


async def test_other_words_are_asked_about_again(stage: Stage) -> None:
    author = await stage.resident()
    await write_report(author, TELLING)
    await author.tap("dpersok:")
    await author.tap("edit:who")
    await author.send("семья Асана, asan@mail.ru")
    assert {"dpers", "dpersok"} <= {each.split(":")[0] for each in author.data}
    await author.tap("dpers:")
    [draft] = await rows(stage, select(Draft.text, Draft.who))
    assert (PHONE in draft.text, draft.who) == (False, f"семья Асана, {LEFT_OUT}")


async def test_whom_it_touches_is_left_open_where_it_was_nothing_but_a_number(stage: Stage) -> None:
    author = await stage.resident()
    await write_report(author)
    await author.tap("edit:who")
    await author.send(PHONE)
    await author.tap("dpers:")
    assert [row.who for row in await rows(stage, select(Draft.who))] == [None]


async def test_a_text_that_was_hardly_more_than_a_number_stays_until_it_is_written_anew(stage: Stage) -> None:
    author = await stage.resident()
    await write_report(author, f"тел {PHONE}")
    await author.tap("dpers:")
    short = len(f"тел {LEFT_OUT}")
    assert author.alert == worded("ru", texts.too_short, TextTooShort(at_least=10, length=short))
    assert [row.text for row in await rows(stage, select(Draft.text))] == [f"тел {PHONE}"]


async def test_personal_data_in_words_out_of_the_blue_is_pointed_out_too(stage: Stage) -> None:
    author = await stage.resident()
    await author.send(TELLING)
    await author.tap("offer:")
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media"):
        await author.tap(answer)
    assert "dpers:" in "".join(author.data)


async def test_a_facilitator_is_warned_of_what_they_type_themselves(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("pedit:")
    await facilitator.tap("pline:")
    await facilitator.send(TELLING)
    assert WARNING in facilitator.text
    await facilitator.tap("dprob:")
    assert WARNING in facilitator.text


async def test_buttons_of_another_person_or_of_a_sent_report_change_nothing(stage: Stage) -> None:
    author, stranger = await stage.resident(), await stage.resident()
    await write_report(stranger)
    await up_to_preview(stage, author, MediaKind.VOICE)
    draft = (await rows(stage, select(Draft.id).order_by(Draft.id.desc())))[0].id
    [sent] = await rows(stage, select(Attachment.source_update))
    forged = (
        SetVoicePublic(draft_id=draft, on=True),
        DropAttachment(draft_id=draft, source=sent.source_update),
        DropPersonal(draft_id=draft),
        KeepPersonal(draft_id=draft),
    )
    for each in forged:
        await stranger.press(each)
        assert stranger.alert == worded("ru", common.gone, None)
    await author.tap("send:")
    for each in forged:
        await author.press(each)
        assert author.alert == worded("ru", common.gone, None)
    assert await rows(stage, select(Attachment.is_public)) == [(False,)]
