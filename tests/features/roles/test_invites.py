"""An invitation is a one-time link; only its hash is stored."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import GrantRow, Invite
from bot.domain.codes import hash_of
from bot.domain.roles import Role
from bot.features.roles import texts
from bot.features.roles.invites import LINK, NoSuchMunicipality, make_invite
from tests.features.records import change, everything, grants, journal, municipality_id, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage


async def invite(stage: Stage) -> str:
    return await make_invite(stage.database, Role.FACILITATOR, "jazy", 1)


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
    await change(stage, update(GrantRow).values(withdrawn_at=datetime.now(UTC)))
    await person.start(payload)
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
        assert worded(language, texts.role_name, Role.FACILITATOR) in stranger.text
    await stranger.tap("lang:ky")
    await stranger.tap("vil:")
    await stranger.tap("agree")
    assert "desk" in stranger.data


async def test_no_invitation_to_a_municipality_that_does_not_exist(stage: Stage) -> None:
    with pytest.raises(NoSuchMunicipality):
        await make_invite(stage.database, Role.FACILITATOR, "atlantis", 1)
    assert await rows(stage, select(Invite.id)) == []
