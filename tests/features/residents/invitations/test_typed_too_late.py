"""Whatever was to be typed or sent at a desk does nothing once the role is gone, to whichever question."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from bot.db.models import GrantRow
from bot.domain.roles import Role
from bot.features.residents.invitations.holder_queries import ASKED_OF_RESIDENTS
from bot.features.residents.invitations.invites import make_invite
from tests.engines import SQLITE
from tests.features.forgers import a_town
from tests.features.records import change, everything, grants, resident_of
from tests.stage import Stage, Visitor
from tests.telegram.test_prompts import await_from, staff, waits

# What one or the other question would take for an answer.
ANSWERS = ("Весной сломался мост на верхней улице", "28.12", "3", "12\n25.09.2026\nБашчы")
# Their own words are kept until they say whether they are a problem.
OF_THEIR_OWN = {"residents", "drafts"}


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
@pytest.mark.parametrize("about", [1, 2, 3])
async def test_no_answer_acts_after_the_role_is_gone(stage: Stage, about: int) -> None:
    await a_town(stage)
    person = await staff(stage)
    await person.start(await make_invite(stage.database, Role.MONITOR, "jazy", 1, datetime.now(UTC)))
    theirs = (await resident_of(stage, person)).id
    withdrawn = {"withdrawn_at": (await grants(stage))[0].granted_at}
    await change(stage, update(GrantRow).where(GrantRow.resident_id == theirs).values(**withdrawn))
    before = await what_others_see(stage)
    for awaiting in [each for each in waits() if not each.startswith(ASKED_OF_RESIDENTS)]:
        for answer in ANSWERS:
            await await_from(stage, person, awaiting, about)
            await person.send(answer)
        await await_from(stage, person, awaiting, about)
        await send_file(stage, person)
        assert await what_others_see(stage) == before, awaiting


async def send_file(stage: Stage, person: Visitor) -> None:
    stage.world.send_document(person.id, "plan.pdf", b"%PDF", "application/pdf")
    await stage.handle_all()


async def what_others_see(stage: Stage) -> dict[str, Any]:
    return {name: rows for name, rows in (await everything(stage)).items() if name not in OF_THEIR_OWN}
