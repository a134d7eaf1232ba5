"""An invitation is a one-time link; only its hash is stored."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import GrantRow, Invite
from bot.db.session import Database
from bot.domain.codes import hash_of
from bot.domain.refusals import InviteWithdrawn
from bot.domain.roles import Role
from bot.features.plan.progress import texts as progress
from bot.features.residents.invitations import texts
from bot.features.residents.invitations.invites import LINK, NoSuchMunicipality, make_invite
from bot.sandbox.methods import menu_of
from bot.telegram.role_texts import role_name
from tests.features.people import beside
from tests.features.records import change, everything, grants, journal, municipality_id, resident_of, rows
from tests.features.residents.invitations.heads import head_of, withdraw_from
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def invite(stage: Stage) -> str:
    return await make_invite(stage.database, Role.FACILITATOR, "jazy", 1, datetime.now(UTC))


async def test_an_invitation_makes_a_resident_a_facilitator_and_is_journalled(stage: Stage) -> None:
    person = await stage.resident()
    await person.start(await invite(stage))
    resident, place = (await resident_of(stage, person)).id, await municipality_id(stage, "jazy")
    [grant] = await grants(stage)
    assert (grant.resident_id, grant.municipality_id, grant.role) == (resident, place, "facilitator")
    for act, actor in (("invite.made", None), ("invite.accepted", resident)):
        [entry] = await journal(stage, act)
        assert (entry.actor_id, entry.municipality_id, entry.details) == (
            actor,
            place,
            {"role": "facilitator"},
        )
    await person.tap("desk")
    assert "Жазы" in person.text


async def test_only_the_hash_of_the_code_is_stored(stage: Stage) -> None:
    payload = await invite(stage)
    code = payload.removeprefix(LINK)
    assert [row.code_hash for row in await rows(stage, select(Invite.code_hash))] == [hash_of(code)]
    assert code not in str(await everything(stage))
    assert len(f"{payload}") <= 64


async def test_a_link_another_has_used_is_refused(stage: Stage) -> None:
    first, second = await stage.resident(), await stage.resident()
    payload = await invite(stage)
    await first.start(payload)
    before = await everything(stage)
    await second.start(payload)
    assert second.text == worded("ru", texts.used, None)
    assert await everything(stage) == before
    await second.send("/desk")
    assert "queue:" not in "".join(second.data)


async def test_pressed_again_by_the_same_person_it_changes_nothing(stage: Stage) -> None:
    person = await stage.resident()
    payload = await invite(stage)
    await person.start(payload)
    welcome, before = person.text, await everything(stage)
    await person.start(payload)
    assert person.text == welcome
    assert await everything(stage) == before


async def test_a_withdrawn_role_does_not_come_back_with_the_old_link(stage: Stage) -> None:
    person = await stage.resident()
    payload = await invite(stage)
    await person.start(payload)
    now = datetime.now(UTC)
    await change(stage, update(GrantRow).values(withdrawn_at=now))
    await person.start(payload)
    told = InviteWithdrawn(role=Role.FACILITATOR, withdrawn_at=now)
    assert person.text == worded("ru", texts.withdrawn, told)
    assert all(grant.withdrawn_at for grant in await grants(stage))
    await person.press("desk")
    assert person.alert


async def test_an_old_or_invented_link_is_refused_with_the_reason(stage: Stage) -> None:
    person = await stage.resident()
    payload = await invite(stage)
    await change(stage, update(Invite).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    await person.start(payload)
    assert person.text == worded("ru", texts.expired, None)
    await person.start(LINK + "invented")
    assert person.text == worded("ru", texts.unknown, None)
    assert await grants(stage) == []


async def test_a_stranger_s_invitation_waits_for_their_first_visit(stage: Stage) -> None:
    stranger = stage.visitor("ky")
    await stranger.start(await invite(stage))
    for language in ("ky", "ru"):
        assert worded(language, role_name, Role.FACILITATOR) in stranger.text
    await stranger.tap("lang:ky")
    await stranger.tap("vil:")
    await stranger.tap("agree")
    assert "histm:9:0" in stranger.data


# What stands on the screen where each of them works.
WORKPLACES = {
    Role.FACILITATOR: ("desk", "histm:9:0"),
    Role.OFFICER: ("off", "ann:9"),
    Role.MONITOR: ("chk:0:0", worded("ru", progress.unchecked, (), 0)),
}


def is_at_work(person: Visitor, role: Role) -> bool:
    shown = WORKPLACES[role][1]
    return shown in person.data or shown in person.text


@pytest.mark.parametrize("role", Role)
async def test_the_greeting_leads_to_the_place_of_work_and_sets_the_menu(stage: Stage, role: Role) -> None:
    person = await stage.resident()
    await person.start(await make_invite(stage.database, role, "jazy", 1, datetime.now(UTC)))
    assert person.data == [WORKPLACES[role][0], "home"]
    menu = {each["command"] for each in menu_of(stage.world, stage.world.people[person.id])}
    assert ("desk" in menu, "office" in menu) == (role is Role.FACILITATOR, role is Role.OFFICER)
    await person.tap(WORKPLACES[role][0])
    assert is_at_work(person, role)


@pytest.mark.parametrize("role", Role)
async def test_who_is_not_settled_lands_there_after_the_first_visit(stage: Stage, role: Role) -> None:
    newcomer = stage.visitor()
    await newcomer.start(await make_invite(stage.database, role, "jazy", 1, datetime.now(UTC)))
    await newcomer.tap("lang:ru")
    # On the way they look whether another municipality is theirs, and come back.
    await newcomer.tap("obls")
    await newcomer.press("mun:9")
    await newcomer.tap("vil:")
    await newcomer.tap("agree")
    assert is_at_work(newcomer, role)
    # From then on the village is chosen as by anybody else.
    await newcomer.press("vil:48")
    assert "rep" in newcomer.data


async def test_who_was_on_the_move_lands_there_with_the_new_village(stage: Stage) -> None:
    person = await stage.resident("ru", "shark")
    await person.press("move:9")
    await person.start(await make_invite(stage.database, Role.OFFICER, "jazy", 1, datetime.now(UTC)))
    await person.tap("home")
    await person.tap("vil:")
    assert is_at_work(person, Role.OFFICER)


async def test_eight_people_race_for_one_invitation(stage: Stage, database_url: str) -> None:
    others = [Database(database_url) for _each in range(3)]
    people = [await stage.resident() for _each in range(8)]
    payload = await invite(stage)
    stages = [stage, *(beside(stage, other) for other in others)]
    for person in people:
        stage.world.start(person.id, payload)
    updates = stage.world.take_updates()
    await asyncio.gather(*(stages[place % 4].handle(update) for place, update in enumerate(updates)))
    assert len(await grants(stage)) == 1
    said = [person.text for person in people]
    assert said.count(worded("ru", texts.used, None)) == 7
    for other in others:
        await other.close()


async def test_a_second_invitation_to_the_same_role_makes_its_holder_the_head(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.start(
        await make_invite(stage.database, Role.OFFICER, "jazy", 1, datetime.now(UTC), is_head=True)
    )
    [grant] = await grants(stage)
    assert grant.is_head
    await officer.start(await make_invite(stage.database, Role.OFFICER, "jazy", 1, datetime.now(UTC)))
    [grant] = await grants(stage)
    assert grant.is_head
    details = [entry.details for entry in await journal(stage, "invite.accepted")]
    assert details == [{"role": "officer"}, {"role": "officer", "head": True}, {"role": "officer"}]


async def test_an_old_invitation_says_what_is_true_now(stage: Stage) -> None:
    person, head = await stage.resident(), await head_of(stage)
    first = await invite(stage)
    await person.start(first)
    welcome = person.text
    await withdraw_from(stage, head, person)
    for _twice in range(2):
        await person.start(first)
        assert person.text == worded("ru", texts.withdrawn, await withdrawn_of(stage, person))
    menu = {each["command"] for each in menu_of(stage.world, stage.world.people[person.id])}
    assert "desk" not in menu
    # Given again, it is held again: also the first invitation says so.
    second = await invite(stage)
    await person.start(second)
    for payload in (first, second):
        await person.start(payload)
        assert person.text == welcome


async def test_the_invitation_of_somebody_forgotten_was_used_by_another(stage: Stage) -> None:
    person, other = await stage.resident(), await stage.resident()
    payload = await invite(stage)
    await person.start(payload)
    for button in ("fgt", "fgtask"):
        await person.press(button)
    await person.tap("fgtyes:")
    await other.start(payload)
    assert other.text == worded("ru", texts.used, None)


async def withdrawn_of(stage: Stage, person: Visitor) -> InviteWithdrawn:
    theirs = (await resident_of(stage, person)).id
    [grant] = [each for each in await grants(stage) if each.resident_id == theirs]
    return InviteWithdrawn(role=grant.role, withdrawn_at=grant.withdrawn_at)


async def test_no_invitation_to_a_municipality_that_does_not_exist(stage: Stage) -> None:
    with pytest.raises(NoSuchMunicipality):
        await make_invite(stage.database, Role.FACILITATOR, "atlantis", 1, datetime.now(UTC))
    assert await rows(stage, select(Invite.id)) == []
