"""A municipality over HTTP: two hundred reports in two languages become sixty clear problems.

Each of twenty needs is told once from each of three villages, some with a photo and some by voice alone, and
once more by a neighbour in other words; eighty reports are none that a plan can use. The real bot runs in a
process of its own, and everybody sees nothing but their own telephone.
"""

import asyncio
import csv
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.models import Delivery, Problem, ResidentRow, Supporter
from bot.db.session import Database
from bot.domain.problem import DeclineReason, ProblemStatus, Word
from bot.domain.roles import Role
from bot.features.residents.invitations.invites import make_invite
from bot.sandbox.crowd import find_ballot
from bot.sandbox.phone import Phone
from bot.sandbox.world import TOKEN, World
from tests.engines import copy_of
from tests.sandbox.bot_process import started
from tests.sandbox.conftest import served

NEEDS = Path(__file__).parents[1] / "data" / "needs.csv"
VILLAGES = ("Кара-Дыйкан", "Кызыл-Дыйкан", "Жээренчи")
PEOPLE, AT_ONCE = 42, 8
PROBLEMS, DUPLICATES, USELESS = 60, 60, 80
SETTINGS = {
    "token": TOKEN,
    "reports_per_day": 20,
    "words_back_per_day": 20,
    "quiet_from": 0,
    "quiet_to": 0,
    "person_pause_seconds": 0,
    "deliveries_per_second": 1000,
    "messages_per_second": 100_000,
}
# What no plan can use, each with the reason.
NOT_FOR_A_PLAN = {
    DeclineReason.PRIVATE_MATTER: "Кошунам менен короонун чегин талашып жүрөбүз, {number}",
    DeclineReason.UNCLEAR: "Баары жаман, эмне кыларды билбейбиз {number}",
    DeclineReason.OTHER_MUNICIPALITY: "В соседнем районе закрыли санаторий, {number}",
    DeclineReason.OFFENSIVE: "Начальник такой-сякой, {number}",
}


@dataclass(frozen=True)
class Told:
    """One report: by whom, where, in which words and how; `clear` is how the facilitator would word it."""

    by: int
    village: str
    clear: str
    words: str = ""
    form: str = "text"
    decline: DeclineReason | None = None


def needs() -> list[Mapping[str, str]]:
    with NEEDS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everywhere() -> list[tuple[int, int, Mapping[str, str]]]:
    """(its number, the village's number, the need) for every need of every village."""
    return [
        (number, village, need) for village in range(len(VILLAGES)) for number, need in enumerate(needs())
    ]


def neighbour(village: int, number: int) -> int:
    """Somebody of that village: its people are every third one."""
    return number % (PEOPLE // len(VILLAGES)) * len(VILLAGES) + village


def first_told() -> list[Told]:
    return [
        Told(
            neighbour(village, number),
            VILLAGES[village],
            words := f"{need['ky' if (number + village) % 2 else 'ru']} ({VILLAGES[village]})",
            words,
            ("text", "photo", "text", "text", "voice")[number % 5],
        )
        for number, village, need in everywhere()
    ]


def told_again() -> list[Told]:
    """The same by neighbours, as people type on a telephone."""
    return [
        Told(
            neighbour(village, number + 5),
            first.village,
            first.clear,
            need["ru_again" if (number + village) % 3 else "ky_again"],
        )
        for (number, village, need), first in zip(everywhere(), FIRST_TOLD, strict=True)
    ]


def useless() -> list[Told]:
    every = [
        (reason, words.format(number=number))
        for number in range(USELESS // len(NOT_FOR_A_PLAN))
        for reason, words in NOT_FOR_A_PLAN.items()
    ]
    return [
        Told(neighbour(number % 3, number // 3), VILLAGES[number % 3], "", words, decline=reason)
        for number, (reason, words) in enumerate(every)
    ]


FIRST_TOLD = first_told()
SIGNS_OF = {Word.PUBLISHED: "🟢", Word.DECLINED: "🔴", Word.MERGED: "🔗"}
SIGNS = set(SIGNS_OF.values())


class Town:
    """The people with their telephones, and the number that each report was given."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.phones = [Phone(world, person) for person in world.extras(PEOPLE)]
        self.numbers: dict[int, Told] = {}
        self.recognised: list[Told] = []
        self._locks = [asyncio.Lock() for _phone in self.phones]
        self._room = asyncio.Semaphore(AT_ONCE)

    async def settle(self) -> None:
        async def one(number: int, phone: Phone) -> None:
            async with self._room:
                await phone.say("/start m_jazy")
                await phone.follow("lang:" + phone.person.language_code)
                own = VILLAGES[number % len(VILLAGES)]
                [village] = [data for _message, data, name in phone.buttons("vil:") if name == own]
                await phone.follow(village)
                await phone.follow("agree")

        await asyncio.gather(*(one(number, phone) for number, phone in enumerate(self.phones)))

    async def report(self, told: Told) -> None:
        """One after another for each person: their telephone shows one screen."""
        async with self._locks[told.by], self._room:
            phone = self.phones[told.by]
            await phone.say("/report")
            await self._tell(phone, told)
            while not phone.buttons("dvil:"):
                if await self._is_one_of_these(phone, told):
                    self.recognised.append(told)
                    return
                # Where a hint or like problems are shown, on to the village.
                await phone.follow("skip:text", "step:village")
            [village] = [data for _message, data, name in phone.buttons("dvil:") if name == told.village]
            for step in (village, "dtop:0", "skip:who", "skip:media", "send:"):
                await phone.follow(step)
            self.numbers[number_on(phone)] = told

    async def _tell(self, phone: Phone, told: Told) -> None:
        person, newest = phone.person.id, self.world.next_message
        if told.form == "text":
            await phone.say(told.words)
            return
        if told.form == "photo":
            self.world.send_photo(person, b"a photo", told.words)
        else:
            self.world.send_voice(person, b"a voice")
        answered = await self.world.wait(
            lambda: any(each.message_id > newest and each.from_bot for each in self.world.messages(person)),
            60,
        )
        assert answered

    async def _is_one_of_these(self, phone: Phone, told: Told) -> bool:
        """Look through what is shown; stand behind the very same problem of the own village."""
        shown = phone.screen.text if phone.screen else ""
        if told.decline or told.form != "text" or not phone.buttons("sim:") or shown is None:
            return False
        same = re.search(rf"№(\d+) · {told.village}\n{re.escape(told.clear[:50])}", shown)
        if same is None:
            return False
        [button] = [data for _message, data, label in phone.buttons("sim:") if label == f"№{same[1]}"]
        await phone.follow(button)
        await phone.follow("simyes:")
        return True


def number_on(phone: Phone) -> int:
    """The first number on the screen: the one that a report was given, or the one that lies on the desk."""
    found = re.search(r"\d+", (phone.screen.text if phone.screen else "") or "")
    assert found, phone.screen
    return int(found[0])


async def clear_the_queue(phone: Phone, town: Town) -> None:
    """Decide on every report that waits, with the buttons of the desk."""
    originals = {told.clear: number for number, told in town.numbers.items() if told in FIRST_TOLD}
    await phone.say("/desk")
    await phone.follow("queue:")
    while phone.buttons("decl:"):
        told = town.numbers[number_on(phone)]
        if told.decline:
            await phone.follow("decl:")
            [reason] = [
                data for _message, data, _name in phone.buttons("declr:") if data.endswith(told.decline)
            ]
            await phone.follow(reason)
            await go_on(phone)
        elif told in FIRST_TOLD:
            await publish(phone, told)
            await go_on(phone)
        else:
            await join(phone, originals[told.clear])


async def go_on(phone: Phone) -> None:
    """To the next report, while there is one."""
    if phone.buttons("queue:"):
        await phone.follow("queue:")


async def publish(phone: Phone, told: Told) -> None:
    if told.form == "voice":
        refused = await phone.press(phone.buttons("pub:")[0])
        assert refused["text"], "it is not in words yet"
        await phone.follow("pedit:")
        [wording] = [data for _message, data, _name in phone.buttons("pline:") if data.endswith(":wording")]
        await phone.follow(wording)
        await phone.say(told.clear)
        await phone.follow("dprob:")
    await phone.follow("pub:")


async def join(phone: Phone, original: int) -> None:
    await phone.follow("dmore:")
    await phone.follow("mopen:")
    proposed = [data for _message, data, label in phone.buttons("mpick:") if label == f"№{original}"]
    if proposed:
        await phone.follow(proposed[0])
    else:
        await phone.follow("mtype:")
        await phone.say(str(original))
    await phone.follow("mjoin:")
    await phone.follow("queue:")


async def until_told(database: Database) -> None:
    """Wait until nothing is to be sent any more."""
    waiting = select(func.count()).where(Delivery.sent_at.is_(None), Delivery.failed_at.is_(None))
    async with asyncio.timeout(60):
        while True:
            async with database.read() as db:
                if not (await db.execute(waiting)).scalar_one():
                    return
            await asyncio.sleep(0.2)


@pytest.fixture
async def database(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """One engine is enough here: every act of it is tested on both."""
    opened = Database(copy_of(sqlite_template, tmp_path))
    yield opened
    await opened.close()


async def test_two_hundred_reports_become_sixty_problems_and_every_author_is_told_once(
    database: Database, tmp_path: Path
) -> None:
    world = World()
    town, facilitator = Town(world), Phone(world, world.add_person("Айгүл", "ru"))
    invitation = await make_invite(database, Role.FACILITATOR, "jazy", 1, datetime.now(UTC))
    async with served(world) as address:
        settings: dict[str, Any] = {**SETTINGS, "api_url": address, "database_url": database.url}
        async with started(tmp_path, **settings) as bot:
            await bot.while_running(play(town, facilitator, invitation, database))
            assert await bot.stop() == 0, bot.output

    await require_sixty(database, town)
    await require_told_once(database, town)


async def play(town: Town, facilitator: Phone, invitation: str, database: Database) -> None:
    await town.settle()
    await find_ballot(facilitator)
    await facilitator.say(f"/start {invitation}")
    await asyncio.gather(*(town.report(told) for told in (*FIRST_TOLD, *useless())))
    await clear_the_queue(facilitator, town)
    await until_told(database)
    await asyncio.gather(*(town.report(told) for told in told_again()))
    if len(town.recognised) < DUPLICATES:
        await clear_the_queue(facilitator, town)
    await until_told(database)


async def require_sixty(database: Database, town: Town) -> None:
    async with database.read() as db:
        problems = (await db.execute(select(Problem.status, Problem.text, Problem.id))).all()
        behind = Counter((await db.execute(select(Supporter.problem_id))).scalars())
    joined = DUPLICATES - len(town.recognised)
    states = Counter(row.status for row in problems)
    assert states == +Counter(
        {ProblemStatus.PUBLISHED: PROBLEMS, ProblemStatus.DECLINED: USELESS, ProblemStatus.MERGED: joined}
    )
    public = {row.id: row.text for row in problems if row.status == ProblemStatus.PUBLISHED}
    assert sorted(public.values()) == sorted(told.clear for told in FIRST_TOLD)
    # Whoever told it again stands behind it, whether they saw it themselves or the facilitator did.
    assert behind == dict.fromkeys(public, 1)
    assert len(town.recognised) >= DUPLICATES * 0.6, len(town.recognised)


async def require_told_once(database: Database, town: Town) -> None:
    """The deliveries, the problems and what stands on the telephones agree."""
    async with database.read() as db:
        told = (
            await db.execute(
                select(ResidentRow.telegram_id, Delivery.facts, Delivery.sent_at).join(
                    ResidentRow, ResidentRow.id == Delivery.resident_id
                )
            )
        ).all()
    words = Counter((row.telegram_id, row.facts["word"], row.facts["number"]) for row in told)
    assert set(words.values()) == {1}
    assert all(row.sent_at for row in told)
    expected = Counter(
        (town.phones[each.by].person.id, word_on(each), number) for number, each in town.numbers.items()
    )
    assert words == expected
    for phone in town.phones:
        read = Counter(
            sign
            for message in town.world.messages(phone.person.id)
            for sign in SIGNS
            if message.from_bot and (message.text or "").startswith(sign)
        )
        own = Counter(SIGNS_OF[word] for person, word, _number in words if person == phone.person.id)
        assert read == own


def word_on(told: Told) -> Word:
    if told.decline:
        return Word.DECLINED
    return Word.PUBLISHED if told in FIRST_TOLD else Word.MERGED
