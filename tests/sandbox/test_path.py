"""One resident's path over HTTP: a report, the vote, the hearing, the plan, and at last "done".

The real bot runs in a process of its own, and everybody sees nothing but their own telephone.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.models import Delivery, Hearing, MeasureCheck, Problem, ResidentRow
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.hearing import HearingNotice
from bot.domain.plan import Part, PlanNotice
from bot.domain.problem import ProblemStatus, Word
from bot.domain.roles import Role
from bot.features.residents.invitations.invites import make_invite
from bot.sandbox.phone import Phone
from bot.sandbox.world import World
from tests.engines import copy_of
from tests.features.plan.drafting.plans import PLAN_OF_JAZY, YEAR, filled
from tests.sandbox.bot_process import started
from tests.sandbox.conftest import served
from tests.sandbox.test_municipality import SETTINGS, until_told
from tests.screenshots import HEARING, ORGANISER, PLACE

NEEDS = {
    "ky": "Каналдагы көпүрө <сынган>, балдар мектепке айланып барат",
    "ru": "Мост через канал <сломан>, дети идут в школу в обход",
}
OTHER = {"ky": "Көчөдө жарык жок, кечинде коркунучтуу", "ru": "На улице нет света, вечером страшно"}


@pytest.fixture
async def database(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """One engine is enough here: every act of it is tested on both."""
    opened = Database(copy_of(sqlite_template, tmp_path))
    yield opened
    await opened.close()


class Walk:
    """The people on the way, and what each of them does."""

    def __init__(self, world: World, database: Database, language: str) -> None:
        self.world, self.database, self.language = world, database, language
        names = ("author", "neighbour", "facilitator", "officer", "monitor")
        self.author, self.neighbour, self.facilitator, self.officer, self.monitor = (
            Phone(world, world.add_person(name, language)) for name in names
        )

    async def settle(self) -> None:
        roles = {
            self.facilitator: Role.FACILITATOR,
            self.officer: Role.OFFICER,
            self.monitor: Role.MONITOR,
            self.author: None,
            self.neighbour: None,
        }
        for phone, role in roles.items():
            await phone.say("/start m_jazy")
            await phone.follow("lang:" + self.language)
            await phone.follow("vil:")
            await phone.follow("agree")
            if role:
                await phone.say(
                    "/start " + await make_invite(self.database, role, "jazy", 1, datetime.now(UTC))
                )

    async def report(self, phone: Phone, words: str) -> None:
        await phone.say("/report")
        await phone.say(words)
        while not phone.buttons("dvil:"):
            await phone.follow("skip:text", "step:village")
        for step in ("dvil:", "dtop:0", "skip:who", "skip:media", "send:"):
            await phone.follow(step)

    async def publish_all(self) -> None:
        await self.facilitator.say("/desk")
        for _waiting in range(2):
            await self.facilitator.follow("queue:")
            await self.facilitator.follow("pub:")

    async def vote(self) -> None:
        await self.facilitator.say("/desk")
        for button in ("vplan:", "vday:", "vopen:"):
            await self.facilitator.follow(button)
        for voter in (self.author, self.neighbour):
            # The ballot is opened from the notice: nothing is told below it any more.
            for button in ("vote:", "mesex:", "meage:", "cast:", "vdone:"):
                await voter.follow(button)
        await self.facilitator.say("/desk")
        for button in ("turnout:", "vask:", "vclose:", "vpubask:", "vpub:"):
            await self.facilitator.follow(button)

    async def hold_a_hearing(self) -> None:
        officer = self.officer
        await officer.say("/office")
        await officer.follow("ann:")
        await officer.follow("hkind:1:draft_budget")
        day = f"{datetime.now(BISHKEK) + timedelta(days=14):%d.%m.%Y}"
        for line in (*HEARING, day, "14:00", PLACE):
            await officer.say(line)
        await officer.follow("hskip:1:pin")
        await officer.say(ORGANISER)
        for button in ("hskip:1:documents", "hskip:1:whom", "hgo:"):
            await officer.follow(button)
        await self.author.follow("hcome:")

    async def publish_the_plan(self) -> None:
        """The author's problem is named in the row of the measure that answers it."""
        officer, world = self.officer, self.world
        await officer.say("/office")
        await officer.follow("planng:")
        await self.press(officer, "plform:")
        await self.until(lambda: bool(self.files(officer)))
        form = world.files[self.files(officer)[-1]].content
        lines = [*PLAN_OF_JAZY[:2], {**PLAN_OF_JAZY[2], Part.REPORTED: 1}]
        world.send_document(officer.person.id, "plan.xlsx", filled(form, lines))
        await officer.follow("pladopt:")
        await officer.say(f"12/3\n15.01.{YEAR}\nТөрага")
        await officer.follow("plnoscan:")
        await officer.follow("pladone:")

    async def press(self, phone: Phone, prefix: str) -> None:
        await self.until(lambda: bool(phone.buttons(prefix)))
        await phone.press(phone.buttons(prefix)[0])

    def files(self, phone: Phone) -> list[str]:
        """The documents that the bot has sent."""
        said = self.world.messages(phone.person.id)
        return [each.media["file_id"] for each in said if each.from_bot and each.kind == "document"]

    async def until(self, ready: Any) -> None:
        assert await self.world.wait(ready, 60)

    async def go(self, phone: Phone, *prefixes: str) -> None:
        """Press one button after another, each the newest in the chat that begins so.

        A bar or a notice may come below the screen that is in use.
        """
        for prefix in prefixes:
            await self.until(lambda prefix=prefix: self.newest(phone, prefix) is not None)
            button = self.newest(phone, prefix)
            assert button is not None
            before = self.chat(phone)
            await phone.press(button)
            await self.until(lambda before=before: self.chat(phone) != before)

    def newest(self, phone: Phone, prefix: str) -> tuple[int, str, str] | None:
        for message in reversed(self.world.messages(phone.person.id)):
            for each in [button for row in message.buttons for button in row]:
                if each.get("callback_data", "").startswith(prefix):
                    return message.message_id, each["callback_data"], each["text"]
        return None

    def chat(self, phone: Phone) -> list[tuple[int, str | None, Any]]:
        said = self.world.messages(phone.person.id)
        return [(each.message_id, each.text, each.markup) for each in said]

    async def do_it(self) -> None:
        """The officer reports the measure, the author confirms it, the monitoring group looks on the spot."""
        await self.hear("meas:3")
        await self.officer.say("/office")
        await self.go(self.officer, "planng:", "prog:", "progset:1:planned", "progset:2:planned")
        await self.go(self.officer, "progset:3:doing")
        await until_told(self.database)
        await self.author.say("/plan")
        await self.go(self.author, "pldir:", "plms:", "plitem:")
        await self.officer.say("/plan")
        await self.go(self.officer, "plms:1:s:1", "plitem:3", "progone:3", "progset:3:done")
        await self.hear("solved:1:1")
        await self.go(self.author, "solved:1:1")
        await self.monitor.say("/start")
        await self.go(self.monitor, "chk:", "chkopen:", "chkset:3:1")

    async def hear(self, prefix: str) -> None:
        """Wait until the author is told something with such a button below it."""
        await until_told(self.database)
        said = self.world.messages(self.author.person.id)
        buttons = [button for each in said for row in each.buttons for button in row]
        assert any(button.get("callback_data", "").startswith(prefix) for button in buttons), prefix


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_report_goes_through_vote_and_hearing_into_the_plan_and_is_done(
    database: Database, tmp_path: Path, language: str
) -> None:
    world = World()
    path = Walk(world, database, language)
    async with served(world) as address:
        settings: dict[str, Any] = {**SETTINGS, "api_url": address, "database_url": database.url}
        async with started(tmp_path, **settings) as bot:
            await bot.while_running(walk(path))
            assert await bot.stop() == 0, bot.output
    await require_told_as_stored(path)


async def walk(path: Walk) -> None:
    await path.settle()
    await path.report(path.author, NEEDS[path.language])
    await path.report(path.neighbour, OTHER[path.language])
    await path.publish_all()
    await until_told(path.database)
    await path.vote()
    await until_told(path.database)
    await path.hold_a_hearing()
    await path.publish_the_plan()
    await until_told(path.database)
    await asyncio.wait_for(path.do_it(), 120)
    await until_told(path.database)


async def require_told_as_stored(path: Walk) -> None:
    """What the database holds and what the author has read agree; each step was told once."""
    async with path.database.read() as db:
        problems = (await db.execute(select(Problem.status, Problem.is_confirmed).order_by(Problem.id))).all()
        assert [tuple(row) for row in problems] == [
            (ProblemStatus.DONE, True),
            (ProblemStatus.PUBLISHED, False),
        ]
        author = ResidentRow.telegram_id == path.author.person.id
        own = select(ResidentRow.id).where(author).scalar_subquery()
        rows = await db.execute(
            select(Delivery.kind, Delivery.facts, Delivery.sent_at).where(Delivery.resident_id == own)
        )
        told = rows.all()
        assert len((await db.execute(select(Hearing.id))).all()) == 1
        assert [row.agrees for row in await db.execute(select(MeasureCheck.agrees))] == [True]
    words = Counter(row.facts["word"] for row in told if "word" in row.facts)
    assert words == Counter([Word.PUBLISHED, Word.PLANNED, Word.DOING, Word.DONE])
    kinds = Counter(row.kind for row in told)
    assert kinds[PlanNotice.ADOPTED] == kinds[HearingNotice.ANNOUNCED] == 1
    assert all(row.sent_at for row in told)
    read = "\n".join(each.text or "" for each in path.world.messages(path.author.person.id) if each.from_bot)
    assert "Каналдагы көпүрөнү жаңылоо" in read
    assert NEEDS[path.language] in read
