"""The numbers of a dispatch: every recipient is counted once, and nobody is named."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import insert, select, update

from bot.db.models import Attendance, Delivery, Muted, Question, ResidentRow
from bot.domain.dispatch import Counts, total
from bot.domain.hearing import HearingNotice
from bot.domain.notices import Failure, NoticeTopic
from bot.features.hearings.delivery_report import texts
from bot.features.hearings.delivery_report.callbacks import ShowDispatch
from bot.features.hearings.delivery_report.queries import Dispatch, find_dispatch
from bot.features.hearings.delivery_report.table import tables
from bot.i18n import speaking
from tests.bench.statements import counting
from tests.features.hearings.delivery_report.broadcasts import (
    deliver,
    deliver_some,
    hearing,
    link_group,
    settle,
    tell,
)
from tests.features.records import change, deliveries, resident_of
from tests.features.wording import worded
from tests.stage import Stage

NUMBERS = st.integers(0, 10_000)
COUNTS = st.builds(Counts, NUMBERS, NUMBERS, st.dictionaries(st.sampled_from(Failure), NUMBERS))


@given(COUNTS)
def test_a_bar_is_full_only_when_nothing_waits(counts: Counts) -> None:
    assert (counts.share == 1) == (counts.waiting == 0)
    assert 0 <= counts.share <= 1


@given(st.lists(COUNTS))
def test_parts_add_up_to_their_whole(parts: list[Counts]) -> None:
    assert total(parts).recipients == sum(part.recipients for part in parts)


async def numbers(stage: Stage, hearing_id: int) -> Dispatch:
    async with stage.database.read() as db:
        found = await find_dispatch(db, hearing_id)
    assert found is not None
    return found


async def every_outcome(stage: Stage) -> int:
    """A hearing whose announcement met with everything that can happen to a message."""
    people = await settle(stage, 12)
    hearing_id = await hearing(stage)
    muted, blocked = [(await resident_of(stage, people[number])).id for number in (0, 1)]
    await change(stage, insert(Muted).values(resident_id=muted, topic=NoticeTopic.HEARINGS))
    await change(
        stage, update(ResidentRow).where(ResidentRow.id == blocked).values(blocked_at=datetime.now(UTC))
    )
    stage.world.people[people[2].id].blocked = True
    del stage.world.people[people[3].id]
    await tell(stage, hearing_id)
    await deliver_some(stage)
    async with stage.database.read() as db:
        waiting = select(Delivery.id).where(Delivery.sent_at.is_(None), Delivery.failed_at.is_(None))
        first = (await db.execute(waiting.order_by(Delivery.id).limit(2))).scalars().all()
    for delivery_id, why in zip(first, (Failure.EXPIRED, Failure.REFUSED), strict=True):
        failed = {"failed_at": datetime.now(UTC), "failure": why}
        await change(stage, update(Delivery).where(Delivery.id == delivery_id).values(failed))
    return hearing_id


async def test_every_recipient_is_counted_once(stage: Stage) -> None:
    hearing_id = await every_outcome(stage)
    [told] = (await numbers(stage, hearing_id)).told

    assert told.counts.recipients == len(await deliveries(stage)) == 12
    assert told.counts.sent + told.counts.waiting + sum(told.counts.failures.values()) == 12
    assert told.counts.waiting
    assert told.counts.failures == {
        Failure.MUTED: 1,
        Failure.BLOCKED: 2,
        Failure.GONE: 1,
        Failure.EXPIRED: 1,
        Failure.REFUSED: 1,
    }


async def test_villages_and_languages_add_up_to_the_whole(stage: Stage) -> None:
    hearing_id = await every_outcome(stage)
    [told] = (await numbers(stage, hearing_id)).told

    assert total(told.villages.values()) == told.counts
    assert len(told.villages) > 1
    assert sum(told.languages.values()) == told.counts.sent
    assert set(told.languages) == {"ky", "ru"}
    assert told.first_sent is not None
    assert told.last_sent is not None
    assert told.begun_at <= told.first_sent <= told.last_sent


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_all_tables_add_up_to_the_same_numbers(stage: Stage, language: str) -> None:
    hearing_id = await every_outcome(stage)
    found = await numbers(stage, hearing_id)
    with speaking(language):
        told, causes, villages, languages, _answers = tables(found)

    [whole] = [row[told.words :] for row in told.table.rows]
    recipients, sent, waiting, not_sent = [int(str(number)) for number in whole]
    assert recipients == sent + waiting + not_sent
    assert sum(int(str(row[-1])) for row in causes.table.rows) == not_sent
    summed = [sum(int(str(row[3 + column])) for row in villages.table.rows) for column in range(4)]
    assert summed == [recipients, sent, waiting, not_sent]
    [spoken] = languages.table.rows
    assert spoken[-1] == sent == sum(int(str(number)) for number in spoken[2:-1])


async def test_posts_in_groups_are_counted_apart_from_people(stage: Stage) -> None:
    await settle(stage, 3)
    group = stage.world.group("Жазы", (await settle(stage, 1))[0].id)
    await link_group(stage, group.id)
    await link_group(stage, -999)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id)
    await tell(stage, hearing_id, kind=HearingNotice.POSTED)
    await deliver(stage)

    people, posts = (await numbers(stage, hearing_id)).told
    assert people.counts == Counts(sent=4)
    assert posts.posts == Counts(sent=1, failures={Failure.GONE: 1})
    assert (people.posts.recipients, posts.counts.recipients) == (0, 0)


async def test_a_post_where_no_group_is_linked_is_not_reported(stage: Stage) -> None:
    await settle(stage, 2)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id)
    await tell(stage, hearing_id, kind=HearingNotice.POSTED)

    assert [told.kind for told in (await numbers(stage, hearing_id)).told] == [HearingNotice.ANNOUNCED]


async def test_what_people_answered_is_counted(stage: Stage) -> None:
    people = await settle(stage, 4)
    hearing_id, other = await hearing(stage), await hearing(stage)
    now = datetime.now(UTC)
    for each, (read_at, is_coming) in zip(
        people, [(now, True), (now, False), (now, None), (None, True)], strict=True
    ):
        answer = {"read_at": read_at, "is_coming": is_coming, "changed_at": now}
        resident_id = (await resident_of(stage, each)).id
        await change(
            stage, insert(Attendance).values(hearing_id=hearing_id, resident_id=resident_id, **answer)
        )
    for kind, of in (("question", hearing_id), ("proposal", hearing_id), ("proposal", other)):
        question = {"kind": kind, "language": "ky", "text": "Жол качан?", "created_at": now, "shown_at": now}
        await change(stage, insert(Question).values(hearing_id=of, **question))

    answers = (await numbers(stage, hearing_id)).answers
    assert (answers.read, answers.coming, answers.not_coming) == (3, 2, 1)
    assert (answers.questions, answers.proposals) == (1, 1)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_the_officer_sees_the_numbers_on_one_screen(stage: Stage, language: str) -> None:
    officer = await stage.officer(language=language)
    hearing_id = await every_outcome(stage)
    await officer.press(ShowDispatch(hearing_id=hearing_id))

    found = await numbers(stage, hearing_id)
    assert worded(language, texts.told, found.told[0]) in officer.text
    assert worded(language, texts.title) in officer.text
    assert worded(language, texts.not_reading) in officer.text
    assert any(data.startswith("stopq:") for data in officer.data)


async def test_refreshing_shows_what_has_been_sent_since(stage: Stage) -> None:
    officer = await stage.officer()
    await settle(stage, 8)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id)
    await officer.press(ShowDispatch(hearing_id=hearing_id))
    before = officer.text
    await deliver(stage)
    await officer.tap("disp:")

    assert officer.text != before
    assert not any(data.startswith("stopq:") for data in officer.data)


async def test_a_hearing_of_which_nothing_was_said_has_a_screen_too(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(ShowDispatch(hearing_id=await hearing(stage)))

    assert worded("ru", texts.title) in officer.text


async def test_a_draft_has_no_report(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(ShowDispatch(hearing_id=await hearing(stage, status="draft")))
    assert officer.alert
    await officer.press(ShowDispatch(hearing_id=99_999))
    assert officer.alert


async def test_more_messages_take_no_more_statements(stage: Stage) -> None:
    await settle(stage, 12)
    few, many = await hearing(stage), await hearing(stage)
    await tell(stage, few)
    for kind in (HearingNotice.ANNOUNCED, HearingNotice.CHANGED, HearingNotice.REMINDER):
        await tell(stage, many, kind=kind)
    await deliver(stage)

    asked = []
    for hearing_id in (few, many):
        with counting() as count:
            await numbers(stage, hearing_id)
        asked.append(len(count.asked))
    assert asked[0] == asked[1]


async def test_reminders_of_another_day_do_not_mix(stage: Stage) -> None:
    await settle(stage, 2)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id, expires_at=datetime.now(UTC) - timedelta(hours=1))
    await tell(stage, hearing_id, kind=HearingNotice.REMINDER)
    await deliver(stage)

    announced, reminded = (await numbers(stage, hearing_id)).told
    assert announced.counts == Counts(failures={Failure.EXPIRED: 2})
    assert reminded.counts == Counts(sent=2)
