"""A crowd for rehearsals: extras who go through /start and vote through the real bot, by buttons they see."""

import asyncio
import random
import re
from contextlib import suppress
from typing import Any

from bot.sandbox.phone import Button, Phone
from bot.sandbox.world import World

SIZE = 30
AT_ONCE = 6
# Where a rehearsal takes place.
GREETING = "/start m_jazy"
# What the bot may ask on a first visit, known by how the buttons of the question begin.
QUESTIONS = ("lang:", "vil:", "agree")
# From home; before a first vote two questions come, and the last of their answers is to say nothing.
WAY_TO_BALLOT = ("vote:", "mesex:", "meage:")
PICKED = "✅"
MOST_PAGES = 3
MOST_PICKS = 3


class NoVote(Exception):
    """There is nothing to vote on."""


class Crowd:
    """Extras are people of the world like all others, only without a phone on the page."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._task: asyncio.Task[Any] | None = None
        self.voted = 0

    @property
    def is_busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def progress(self) -> dict[str, int | bool]:
        return {"busy": self.is_busy, "voted": self.voted, "size": SIZE}

    async def begin(self) -> None:
        """Let everybody vote; NoVote when the first of them finds no vote open."""
        if self.is_busy:
            return
        self.voted = 0
        phones = [Phone(self.world, person) for person in self.world.extras(SIZE)]
        self._task = scout = asyncio.create_task(find_ballot(phones[0]))
        self.world.changed()
        try:
            if not await scout:
                raise NoVote
        finally:
            self.world.changed()
        self._task = asyncio.create_task(self._vote(phones))
        self._task.add_done_callback(lambda _task: self.world.changed())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.voted = 0

    async def _vote(self, phones: list[Phone]) -> None:
        few = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._let_vote(phone, few) for phone in phones))

    async def _let_vote(self, phone: Phone, few: asyncio.Semaphore) -> None:
        # Whom the bot leaves waiting for too long goes home without a vote.
        async with few:
            with suppress(TimeoutError):
                if await find_ballot(phone):
                    await vote(phone)
                    self.voted += 1


async def find_ballot(phone: Phone) -> bool:
    """Go to the bot, through the questions of a first visit, to the ballot; return whether there is one."""
    await phone.say(GREETING)
    while asked := next((prefix for prefix in QUESTIONS if phone.buttons(prefix)), None):
        await _answer(phone, asked)
    while not phone.buttons("cast:"):
        # Whoever finds themselves at home again, since the bot was away, goes on from there.
        asked = next((prefix for prefix in WAY_TO_BALLOT if phone.buttons(prefix)), None)
        if asked is None:
            return False
        choices = phone.buttons(asked)
        await phone.follow(choices[phone.person.id % len(choices)][1])
    return True


async def _answer(phone: Phone, question: str) -> None:
    if question == "lang:":
        await phone.follow(question + phone.person.language_code)
    elif question == "vil:":
        choices = phone.buttons(question)
        await phone.follow(choices[phone.person.id % len(choices)][1])
    else:
        await phone.follow(question)


async def vote(phone: Phone) -> None:
    """Look through some pages of the ballot, pick what appeals most, and finish."""
    taste = random.Random(phone.person.id)  # noqa: S311  # no secret, only variety
    for _page in range(taste.randrange(MOST_PAGES)):
        if turns := phone.buttons("vpage:"):
            await phone.follow(turns[-1][1])
    seen = phone.buttons("cast:")
    seen.sort(key=lambda button: _appeal(button) * taste.random(), reverse=True)
    # Whoever has voted before finds their picks on the same page, and leaves them.
    if not any(PICKED in text for _message_id, _data, text in seen):
        for button in seen[: taste.choice((1, 2, MOST_PICKS, MOST_PICKS))]:
            await phone.press(button)
    await phone.follow("vdone:")


def _appeal(button: Button) -> float:
    """The same for everybody, so that there are favourites: it hangs on the problem's number alone."""
    number = re.search(r"\d+", button[2])
    return random.Random(number.group() if number else "").random()  # noqa: S311
