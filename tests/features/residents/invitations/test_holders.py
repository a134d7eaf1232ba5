"""The desk and the office show who holds a role; the head whom the operator has chosen takes one away."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Update, insert, select, update

from bot.app import PROMPTS, RENDERERS, introduce
from bot.db.models import Broadcast, Delivery, GrantRow, Hearing, JournalEntry, Problem
from bot.db.queries import find_resident
from bot.domain.clock import BISHKEK, utc_now
from bot.domain.notices import Failure
from bot.domain.places import Name
from bot.domain.refusals import NotAllowed
from bot.domain.roles import TOLD_TO, Role
from bot.features.hearings.officer_home import chat_texts
from bot.features.hearings.officer_home.chat_queries import NOWHERE, Outcome
from bot.features.problems.audit_log import texts as history
from bot.features.residents.first_visit.states import LINKED, PLACE
from bot.features.residents.invitations import holder_texts as texts, texts as role_texts
from bot.features.residents.invitations.holder_queries import ASKED_OF_RESIDENTS, HOLDERS_A_PAGE
from bot.features.residents.invitations.invites import make_invite
from bot.features.residents.invitations.operating import withdraw_role
from bot.sandbox.methods import menu_of
from bot.telegram import texts as common
from bot.telegram.act import Act
from bot.telegram.role_texts import short_name, what_ends
from tests.features.hearings.announcing.officers import write
from tests.features.hearings.officer_home.test_chats import code_of, linked, said_in, say
from tests.features.people import NEED, read_queue, report
from tests.features.records import change, deliveries, everything, grants, journal, publish, resident_of, rows
from tests.features.residents.invitations.heads import grant_of, head_of, withdraw_from
from tests.features.wording import worded
from tests.stage import Stage, Visitor


def withdrawing(grant_id: int) -> Update:
    """The role goes, and nothing of what follows when it is taken away by the bot."""
    return update(GrantRow).where(GrantRow.id == grant_id).values(withdrawn_at=datetime.now(UTC))


async def test_staff_see_each_other_by_role_and_number_alone(stage: Stage) -> None:
    facilitator, officer, monitor = await stage.facilitator(), await stage.officer(), await stage.monitor()
    elsewhere = await stage.facilitator("shark")
    await facilitator.send("/desk")
    await facilitator.tap("roles:")
    numbers = {name: await grant_of(stage, each) for name, each in (("f", facilitator), ("m", monitor))}
    lines = facilitator.text.splitlines()
    assert (
        f"{worded('ru', short_name, Role.FACILITATOR)} {numbers['f']} · {worded('ru', history.you)}" in lines
    )
    assert f"{worded('ru', short_name, Role.MONITOR)} {numbers['m']}" in lines
    assert f"{datetime.now(BISHKEK):%d.%m.%Y}" in facilitator.text
    for person in (facilitator, officer, monitor, elsewhere):
        assert str(person.id) not in facilitator.text
    assert "deskm:9" in facilitator.data
    assert not any(data.startswith("roleq:") for data in facilitator.data)

    await officer.send("/office")
    await officer.tap("roles:")
    assert "offof:9" in officer.data
    assert len(officer.text.split("\n\n")) == len(facilitator.text.split("\n\n")) == 1 + 3 + 1


async def test_the_number_is_that_of_the_history(stage: Stage) -> None:
    author, facilitator, officer = await stage.resident(), await stage.facilitator(), await stage.officer()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    other = await stage.facilitator()
    await other.press("histm:9:0")
    await officer.press("roles:9:0")
    called = f"{worded('ru', short_name, Role.FACILITATOR)} {await grant_of(stage, facilitator)}"
    assert called in other.text
    assert called in officer.text


async def test_the_last_act_is_what_was_done_with_a_role(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    long_ago = datetime(2026, 3, 12, 6, tzinfo=UTC)
    await change(stage, update(JournalEntry).values(at=long_ago))
    await facilitator.press("roles:9:0")
    assert worded("ru", texts.last_act, long_ago) in facilitator.text
    # As an author they act unseen.
    resident = (await resident_of(stage, facilitator)).id
    for act, at in (
        ("problem.reopened", long_ago + timedelta(days=9)),
        ("problem.published", long_ago + timedelta(days=2)),
    ):
        async with stage.database.act() as db:
            await db.execute(
                insert(JournalEntry).values(at=at, actor_id=resident, municipality_id=9, act=act, details={})
            )
    await facilitator.press("roles:9:0")
    assert worded("ru", texts.last_act, long_ago + timedelta(days=2)) in facilitator.text


async def test_many_are_shown_by_pages(stage: Stage) -> None:
    head = await head_of(stage)
    for _each in range(HOLDERS_A_PAGE + 1):
        await stage.facilitator()
    await head.press("roles:9:0")
    first = set(head.data)
    await head.tap("roles:9:1")
    assert {data for data in head.data if data.startswith("roleq:")} - first
    await head.press("roles:9:999")
    assert "2 / 2" in head.labels


async def test_nobody_else_looks(stage: Stage) -> None:
    await stage.facilitator()
    for person in (await stage.resident(), await stage.monitor(), await stage.officer("shark")):
        await person.press("roles:9:0")
        assert person.alert == worded("ru", common.not_allowed, None)


async def test_the_head_takes_a_role_away_after_hearing_what_will_happen(stage: Stage) -> None:
    head, facilitator = await head_of(stage), await stage.facilitator()
    grant_id = await grant_of(stage, facilitator)
    await head.send("/office")
    await head.tap("roles:")
    await head.tap(f"roleq:{grant_id}")
    assert worded("ru", what_ends, Role.FACILITATOR) in head.text
    assert f"{worded('ru', short_name, Role.FACILITATOR)} {grant_id}" in head.text
    assert await journal(stage, "role.withdrawn") == []
    await head.tap(f"roleoff:{grant_id}")
    assert head.alert == worded("ru", texts.withdrawn)
    assert f"roleq:{grant_id}" not in head.data
    [entry] = await journal(stage, "role.withdrawn")
    assert (entry.actor_id, entry.municipality_id, entry.subject_id, entry.details) == (
        (await resident_of(stage, head)).id,
        9,
        grant_id,
        {"role": "facilitator", "number": grant_id},
    )
    await stage.deliver()
    name = Name("Жазы", "Жазы")
    assert facilitator.text == worded("ru", texts.heard_withdrawn, Role.FACILITATOR, name)
    # Pressed again, it changes nothing and shows who is left.
    before = await everything(stage)
    await head.press(f"roleoff:{grant_id}")
    assert not head.alert
    assert await everything(stage) == before


async def test_the_history_says_whose_role_was_taken_away(stage: Stage) -> None:
    head = await head_of(stage, role=Role.FACILITATOR)
    officer = await stage.officer()
    number = await grant_of(stage, officer)
    await withdraw_from(stage, head, officer)
    await head.press("histm:9:0")
    assert f"{worded('ru', short_name, Role.OFFICER)} {number}" in head.text


async def test_only_a_head_takes_away_and_never_from_themselves_or_another_head(stage: Stage) -> None:
    head, other_head = await head_of(stage), await head_of(stage, role=Role.FACILITATOR)
    officer, monitor = await stage.officer(), await stage.monitor()
    elsewhere = await head_of(stage, "shark")
    # Another role of a head is as safe.
    await other_head.start(await make_invite(stage.database, Role.MONITOR, "jazy", 1, datetime.now(UTC)))
    target = await grant_of(stage, monitor)
    refused = [
        (officer, target, role_texts.not_the_head),
        (elsewhere, target, common.not_allowed),
        (monitor, target, common.not_allowed),
        (head, await grant_of(stage, head), role_texts.own_role),
        (head, await grant_of(stage, other_head), role_texts.role_of_head),
        (head, 999_999, common.gone),
    ]
    before = await everything(stage)
    for person, grant_id, words in refused:
        for button in (f"roleq:{grant_id}", f"roleoff:{grant_id}"):
            await person.press(button)
            assert person.alert == worded("ru", words, None), (button, words)
    await head.press("roles:9:0")
    assert {data for data in head.data if data.startswith("roleq:")} == {
        f"roleq:{await grant_of(stage, each)}" for each in (officer, monitor)
    }
    assert await everything(stage) == before


async def test_a_head_who_is_dismissed_dismisses_nobody(stage: Stage) -> None:
    head, officer = await head_of(stage), await stage.officer()
    grant_id = await grant_of(stage, officer)
    await change(stage, withdrawing(await grant_of(stage, head)))
    await head.press(f"roleoff:{grant_id}")
    assert head.alert == worded("ru", common.role_taken_away, None)
    assert [grant.withdrawn_at for grant in await grants(stage) if grant.id == grant_id] == [None]


async def test_an_old_button_does_not_take_away_what_was_given_again(stage: Stage) -> None:
    head, officer = await head_of(stage), await stage.officer()
    first = await grant_of(stage, officer)
    await withdraw_from(stage, head, officer)
    await officer.start(await make_invite(stage.database, Role.OFFICER, "jazy", 1, datetime.now(UTC)))
    await head.press(f"roleoff:{first}")
    assert [grant.withdrawn_at for grant in await grants(stage)][-1] is None
    # They keep the number by which the history has called them.
    await head.press("roles:9:0")
    assert f"{worded('ru', short_name, Role.OFFICER)} {first}" in head.text


async def test_the_number_of_a_grant_is_never_used_again(stage: Stage) -> None:
    officer = await stage.officer()
    number = await grant_of(stage, officer)
    for button in ("fgt", "fgtask"):
        await officer.press(button)
    await officer.tap("fgtyes:")
    assert await grants(stage) == []
    assert await grant_of(stage, await stage.officer()) > number


# At the next press ------------------------------------------------------------------------------------------


async def test_the_menu_is_set_back_and_old_buttons_say_why_not(stage: Stage) -> None:
    head, facilitator = await head_of(stage), await stage.facilitator()
    await facilitator.start(await make_invite(stage.database, Role.OFFICER, "jazy", 1, datetime.now(UTC)))
    await withdraw_from(stage, head, facilitator)
    assert {"office", "desk"} & commands(stage, facilitator) == {"desk"}
    await facilitator.send("/office")
    assert facilitator.text == worded("ru", common.role_taken_away, None)
    await facilitator.press("ann:9")
    assert facilitator.alert == worded("ru", common.role_taken_away, None)
    # What they hold still is theirs.
    await facilitator.send("/desk")
    assert "histm:9:0" in facilitator.data
    await withdraw_from(stage, head, facilitator)
    assert {"office", "desk"} & commands(stage, facilitator) == set()
    await facilitator.start()
    assert not {"desk", "off"} & set(facilitator.data)


def commands(stage: Stage, person: Visitor) -> set[str]:
    return {each["command"] for each in menu_of(stage.world, stage.world.people[person.id])}


async def test_the_menu_of_who_was_dismissed_is_set_at_the_next_start(stage: Stage) -> None:
    """The operator's command may have had no way to Telegram."""
    facilitator = await stage.facilitator()
    await change(stage, withdrawing(await grant_of(stage, facilitator)))
    assert "desk" in commands(stage, facilitator)
    await introduce(stage.bot, stage.database)
    assert "desk" not in commands(stage, facilitator)


async def test_unused_codes_for_groups_are_void_and_linked_groups_stay(stage: Stage) -> None:
    head, officer = await head_of(stage), await stage.officer()
    used, unused = await code_of(officer), await code_of(officer)
    heads_own = await code_of(head)
    first, second, third = (stage.world.group(f"Топ {each}", officer.id) for each in range(3))
    await say(stage, officer, first, f"/link {used}")
    await withdraw_from(stage, head, officer)
    await say(stage, officer, second, f"/link {unused}")
    await say(stage, head, third, f"/link {heads_own}")
    assert [chat[0] for chat in await linked(stage)] == [first.id, third.id]
    assert said_in(stage, second)[-1] == worded("ru", chat_texts.outcome, Outcome.EXPIRED, NOWHERE)
    await head.press("chats:9")
    assert "Топ 0" in head.labels


async def test_a_code_made_in_the_moment_of_the_dismissal_links_nothing(stage: Stage) -> None:
    officer = await stage.officer()
    code = await code_of(officer)
    await change(stage, withdrawing(await grant_of(stage, officer)))
    group = stage.world.group("Топ", officer.id)
    await say(stage, officer, group, f"/link {code}")
    assert await linked(stage) == []


async def test_the_officer_undoes_a_link_from_its_notice_and_nobody_else_links_with_their_code(
    stage: Stage,
) -> None:
    officer, neighbour = await stage.officer(), await stage.resident()
    code = await code_of(officer)
    theirs = stage.world.group("Чужая группа", neighbour.id)
    await say(stage, neighbour, theirs, f"/link {code}")
    assert await linked(stage) == []
    await say(stage, officer, stage.world.group("Топ", officer.id), f"/link {code}")
    await stage.deliver()
    await officer.tap("chatoff:")
    [(_id, _municipality, left_at)] = await linked(stage)
    assert left_at is not None


async def test_what_they_had_before_them_is_free_at_once(stage: Stage) -> None:
    author, facilitator, other = await stage.resident(), await stage.facilitator(), await stage.facilitator()
    head = await head_of(stage)
    await report(author)
    await read_queue(facilitator)
    await withdraw_from(stage, head, facilitator)
    assert await rows(stage, select(Problem.held_by, Problem.held_until)) == [(None, None)]
    await read_queue(other)
    assert "pub:1" in other.data


async def test_a_prompt_ends_and_typed_words_do_nothing(stage: Stage) -> None:
    author, facilitator, head = await stage.resident(), await stage.facilitator(), await head_of(stage)
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("decl:")
    await facilitator.tap("declo:")
    await withdraw_from(stage, head, facilitator)
    assert (await resident_of(stage, facilitator)).awaiting is None
    await facilitator.send("Это не касается муниципалитета")
    assert (await rows(stage, select(Problem.status)))[0].status == "submitted"


async def test_what_any_resident_writes_goes_on(stage: Stage) -> None:
    facilitator, head = await stage.facilitator(), await head_of(stage)
    await facilitator.send("/report")
    await withdraw_from(stage, head, facilitator)
    await facilitator.send(NEED)
    assert "dvil:" in "".join(facilitator.data)


async def test_whoever_is_dismissed_in_the_midst_of_an_act_does_not_finish_it(stage: Stage) -> None:
    """Two processes: the handler has looked at the role already, and the role goes before it writes."""
    [problem] = await publish(stage, NEED)
    facilitator = await stage.facilitator()
    await facilitator.press(f"report:{problem}")
    async with stage.database.read() as db:
        resident = await find_resident(db, facilitator.id)
    await change(stage, withdrawing(await grant_of(stage, facilitator)))
    act = Act(stage.database, 1, utc_now(), once=False, resident=resident)
    with pytest.raises(NotAllowed) as refused:
        async with act():
            pytest.fail("the act went on")
    assert refused.value.roles == (Role.FACILITATOR,)


async def test_drafts_stay_for_colleagues(stage: Stage) -> None:
    officer, head = await stage.officer(), await head_of(stage)
    await write(officer, topic="Суу түтүгү")
    await withdraw_from(stage, head, officer)
    await head.send("/office")
    [draft] = await rows(stage, select(Hearing.id))
    await head.tap(f"anngo:{draft.id}")
    assert head.alert is None


async def test_whoever_blocked_the_bot_is_dismissed_all_the_same(stage: Stage) -> None:
    officer, head = await stage.officer(), await head_of(stage)
    stage.world.block(officer.id)
    await stage.handle_all()
    await withdraw_from(stage, head, officer)
    [told] = [each for each in await deliveries(stage) if each.kind == "role.withdrawn"]
    assert told.failure == "blocked"


def test_what_residents_are_asked_is_asked_by_some_feature() -> None:
    """A prompt that is called otherwise would end with somebody's role."""
    known = {*PROMPTS, PLACE, LINKED}
    assert [each for each in ASKED_OF_RESIDENTS if not any(name.startswith(each) for name in known)] == []


async def test_what_waits_to_be_told_for_the_role_is_neither_sent_nor_kept(stage: Stage) -> None:
    """An author's answer is for the desk; whoever has two roles hears what the other one brings."""
    author, facilitator, both = await stage.resident(), await stage.facilitator(), await stage.facilitator()
    await both.start(await make_invite(stage.database, Role.OFFICER, "jazy", 1, datetime.now(UTC)))
    await report(author)
    await report(author)
    answer = "Бул көчөдө Асан деген киши турат"
    for number, asker in ((1, facilitator), (2, both)):
        await asker.press(f"iask:{number}")
        await asker.send("Бул кайсы көчөдө?")
        await author.press(f"ians:{number}")
        await author.send(answer)
    theirs = {"municipality_id": 9, "kind": "plan.round", "facts": {}, "created_at": datetime.now(UTC)}
    await change(stage, insert(Broadcast).values(notice="plan:1:round:2026-11", **theirs))
    own = (await resident_of(stage, both)).id
    waiting = {"notice": "plan:1:round:2026-11", "broadcast_id": 1, "resident_id": own, "kind": "plan.round"}
    await change(stage, insert(Delivery).values(facts={}, due_at=datetime.now(UTC), **waiting))
    for grant in await grants(stage):
        if grant.role == Role.FACILITATOR:
            await withdraw_role(stage.database, grant.id, "jazy", Role.FACILITATOR, datetime.now(UTC))
    told = {(each.kind, each.failure) for each in await deliveries(stage) if each.kind in TOLD_TO}
    assert told == {("inquiry.answered", Failure.STOPPED), ("plan.round", None)}
    assert answer not in str(await deliveries(stage))


def test_what_is_told_to_a_role_is_told_at_all(stage: Stage) -> None:
    assert set(TOLD_TO) <= set(RENDERERS)
