"""`python -m tests.soak --minutes 15 --seed 7`: people who do anything at all, for as long as is asked for.

Everything goes through the real dispatcher, on a database of SQLite. An error that nobody foresaw is printed
with the seed, the act and, for a file, where it was kept; the end says how many there were.
"""

import argparse
import asyncio
import hashlib
import logging
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from bot.commands import ready_database
from bot.features.plan.drafting.callbacks import AwaitPlanFile, GetPlanForm
from bot.features.votes.paper_votes.callbacks import GetSheetForm, SendSheetForm
from bot.features.votes.population.callbacks import GetPopulationForm
from tests.evil_files import EVIL_FORMS, merged_down, wide_span, word_plan
from tests.features.forgers import a_town
from tests.features.plan.drafting.plans import JAZY, PLAN_OF_JAZY, filled
from tests.house.test_wire_format import SHIPPED
from tests.mutations import mutated
from tests.stage import Stage, Visitor

COMMANDS = (
    "/start",
    "/report",
    "/my",
    "/problems",
    "/vote",
    "/hearings",
    "/plan",
    "/settings",
    "/desk",
    "/office",
)
TYPED = (
    "Суу жок, эл кыйналып жатат",
    "Салам",
    "да",
    "рахмат",
    "12",
    "34 21 50 6",
    "12 - 30\n7 - 22",
    "20.11.2026",
    "31.02.2026",
    "14:00",
    "Мектеп\nАсан Үсөнов\nАйгүл Бекова",
    "12/3\n15.01.2026\nТөрага",
    "=1+1",
    "<b>x</b> & </i>",
    "\N{ZERO WIDTH SPACE}",
    "\N{RIGHT-TO-LEFT OVERRIDE}abc",
    "a\N{COMBINING ACUTE ACCENT}" * 200,
    "9" * 400,
    "-1",
    "0",
    "/start p_1",
    "/start m_jazy",
    "/start h_1",
    "/start " + "x" * 64,
    "\x00",
    "💧" * 2000,
    "ж" * 4096,
    "\n" * 50,
)
NAMES = ("plan.xlsx", "план.docx", "sheet.csv", "x", "..docx", "a.DOCX", "form.ods")


@dataclass
class Findings:
    """What nobody foresaw, told as soon as it is found."""

    seed: int
    folder: Path
    acts: int = 0
    act: str = ""
    kinds: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def note(self, what: str) -> None:
        trace = traceback.format_exc() if sys.exc_info()[0] else ""
        found = f"seed {self.seed}, act {self.acts} ({self.act}): {what}\n{trace}"
        self.errors.append(found)
        print(found, flush=True)


class _Handler(logging.Handler):
    """What libraries log, such as a task whose error nobody looked at."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(logging.ERROR)
        self._findings = findings

    def emit(self, record: logging.LogRecord) -> None:
        self._findings.note(f"{record.name}: {record.getMessage()}")


@contextmanager
def watched(findings: Findings) -> Iterator[None]:
    """Every line of the log that tells of an error is a finding."""

    def watch(_logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
        if method in {"error", "exception", "critical"}:
            findings.note(str(event))
        raise structlog.DropEvent

    before, handler = structlog.get_config(), _Handler(findings)
    structlog.configure(processors=[watch])
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        structlog.configure(**before)


@dataclass
class Soak:
    """A municipality with everything in it, and people of every kind who do what chance tells them."""

    stage: Stage
    findings: Findings
    chance: random.Random
    people: list[Visitor]
    # Each kind of file with who may send it, and the button after which it is awaited.
    files: list[tuple[bytes, Visitor, str]]

    async def go_on(self, *, until: Callable[[], bool]) -> None:
        acts: list[tuple[float, Callable[[], Awaitable[None]]]] = [
            (30, self._tap),
            (20, self._forge),
            (20, self._type),
            (6, self._send_something),
            (14, self._send_file),
            (2, self._ask_inline),
            (1, self._edit),
            (1, self._block),
        ]
        weights = [weight for weight, _act in acts]
        while not until():
            [(_weight, act)] = self.chance.choices(acts, weights)
            self.findings.acts += 1
            self.findings.kinds[act.__name__.strip("_")] += 1
            try:
                await act()
            except Exception as error:  # noqa: BLE001  # that is what is looked for
                self.findings.note(f"{type(error).__name__} came out of the bot")

    def _anybody(self) -> Visitor:
        person = self.chance.choice(self.people)
        self.findings.act = f"person {person.id}"
        return person

    async def _press(self, person: Visitor, data: str, message_id: int) -> None:
        self.findings.act += f" presses {data!r}"
        pressed = self.stage.world.tap(person.id, message_id, data)
        await self.stage.handle_all()
        if self.stage.world.answer(pressed) is None:
            self.findings.note("a button was left spinning")

    async def _tap(self) -> None:
        """One of the buttons in the chat, more often a new one."""
        person = self._anybody()
        seen = [
            (each.message_id, button["callback_data"])
            for each in person.messages[-30:]
            for row in each.buttons
            for button in row
            if button.get("callback_data")
        ]
        if seen:
            recent = seen[-self.chance.choice((4, 12, len(seen))) :]
            message_id, data = self.chance.choice(recent)
            await self._press(person, data, message_id)

    async def _forge(self) -> None:
        person = self._anybody()
        data = self.chance.choice(sorted(SHIPPED))
        if self.chance.random() < 0.8:
            numbers = (0, 1, 2, 3, 5, 9, 48, -1, 2**31, 2**63, 10**18)
            parts = [
                str(self.chance.choice(numbers)) if part.isdecimal() and self.chance.random() < 0.5 else part
                for part in data.split(":")
            ]
            data = ":".join(parts)
        if self.chance.random() < 0.05:
            data = self.chance.choice((data + ":1", data[:-1], "x", ":", "\N{GRINNING FACE}"))
        await self._press(person, data.encode()[:64].decode(errors="ignore") or "x", person.screen.message_id)

    async def _type(self) -> None:
        person = self._anybody()
        text = self.chance.choice(COMMANDS if self.chance.random() < 0.3 else TYPED)
        self.findings.act += f" types {text[:40]!r}"
        self.stage.world.say(person.id, text)
        await self.stage.handle_all()

    async def _send_something(self) -> None:
        person, world = self._anybody(), self.stage.world
        kinds: list[Callable[[], object]] = [
            lambda: world.send_photo(person.id, b"x", self.chance.choice((None, *TYPED[:3]))),
            lambda: world.send_voice(person.id, b"x"),
            lambda: world.send_location(person.id, 40.5, 73.0),
            lambda: world.send_contact(person.id, "+996700000000"),
            lambda: world.send_sticker(person.id),
            lambda: world.send_document(person.id, "photo.jpg", b"x", "image/jpeg"),
        ]
        kind = self.chance.randrange(len(kinds))
        self.findings.act += f" sends thing {kind}"
        kinds[kind]()
        await self.stage.handle_all()

    async def _send_file(self) -> None:
        """Mostly where it is awaited, and changed."""
        content, person, button = self.chance.choice(self.files)
        self.findings.act = f"person {person.id}"
        if self.chance.random() < 0.9:
            await self._press(person, button, person.screen.message_id)
        if self.chance.random() < 0.9:
            content = mutated(self.chance, content)
        name = self.chance.choice(NAMES)
        self.findings.act += f" sends {name} {self._kept(content)}"
        before = len(self.findings.errors)
        self.stage.world.send_document(person.id, name, content)
        await self.stage.handle_all()
        if len(self.findings.errors) == before:
            self._path(content).unlink()

    def _kept(self, content: bytes) -> Path:
        """It is thrown away again when nothing happens."""
        self._path(content).write_bytes(content)
        return self._path(content)

    def _path(self, content: bytes) -> Path:
        return self.findings.folder / hashlib.sha256(content).hexdigest()[:16]

    async def _ask_inline(self) -> None:
        person = self._anybody()
        self.stage.world.ask_inline(person.id, self.chance.choice((*TYPED, ""))[:256])
        await self.stage.handle_all()

    async def _edit(self) -> None:
        person = self._anybody()
        own = [each for each in person.messages if not each.from_bot and each.text]
        if own:
            message = self.chance.choice(own)
            self.stage.world.edit(person.id, message.message_id, self.chance.choice(TYPED))
            await self.stage.handle_all()

    async def _block(self) -> None:
        person = self._anybody()
        self.stage.world.block(person.id)
        await self.stage.handle_all()
        self.stage.world.unblock(person.id)
        await self.stage.handle_all()


async def soak_of(stage: Stage, findings: Findings) -> Soak:
    """The people, the town and the files that belong into it."""
    town = await a_town(stage)
    facilitator, officer = await stage.facilitator("jazy", "ky"), await stage.officer()
    forms = [
        (GetPopulationForm(municipality_id=JAZY), GetPopulationForm(municipality_id=JAZY), facilitator),
        (GetSheetForm(round_id=town.round_id), SendSheetForm(round_id=town.round_id), facilitator),
        (GetPlanForm(municipality_id=JAZY), AwaitPlanFile(municipality_id=JAZY), officer),
    ]
    files = []
    for get, await_, person in forms:
        await person.press(get)
        given = [each for each in person.messages if each.kind == "document" and each.from_bot][-1]
        content = bytes(stage.world.files[given.media["file_id"]].content)
        files += [(content, person, await_.pack())] * 4
        files.append((chance_evil(findings.seed, content), person, await_.pack()))
    plan = files[-1][2]
    files.append((filled(files[-2][0], PLAN_OF_JAZY), officer, plan))
    files += [(each, officer, plan) for each in (*[word_plan()] * 5, merged_down(30), wide_span())]
    files.append((b"village;women_under35\r\n\xd0\x96;12\r\n" * 50, facilitator, forms[0][1].pack()))
    people = [await stage.resident("ky"), await stage.resident(), await stage.resident("ru", "shark")]
    people += [facilitator, officer, await stage.monitor(), await stage.officer("shark"), stage.visitor()]
    await people[-1].start()
    return Soak(stage, findings, random.Random(findings.seed), people, files)


def chance_evil(seed: int, content: bytes) -> bytes:
    return EVIL_FORMS[random.Random(seed).choice(sorted(EVIL_FORMS))](content)


async def main(minutes: float, seed: int, folder: Path) -> int:
    """How many errors there were."""
    findings = Findings(seed, folder)
    database = await ready_database(f"sqlite+aiosqlite:///{folder}/soak.sqlite3")
    end = time.monotonic() + minutes * 60
    with watched(findings):
        soak = await soak_of(Stage(database), findings)
        await soak.go_on(until=lambda: time.monotonic() > end)
    await database.close()
    counts = ", ".join(f"{kind} {count}" for kind, count in findings.kinds.most_common())
    print(f"Seed {seed}: {findings.acts} acts ({counts}), {len(findings.errors)} unhandled errors. {folder}")
    return len(findings.errors)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    sys.exit(bool(asyncio.run(main(given.minutes, given.seed, Path(tempfile.mkdtemp(prefix="bap-soak-"))))))
