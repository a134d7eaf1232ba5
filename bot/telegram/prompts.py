"""The questions whose answers are typed or sent: put again, and ended when what they are about is gone."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.db.queries import end_awaiting
from bot.db.session import Database
from bot.domain.refusals import Gone, Refusal
from bot.domain.roles import Resident
from bot.settings import Settings
from bot.telegram.screen import Screen

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose question is put again, when, and what it is put with."""

    database: Database
    resident: Resident
    settings: Settings
    now: datetime

    @property
    def awaiting(self) -> str:
        return self.resident.awaiting or ""

    @property
    def about(self) -> int:
        """The number of what the question is about."""
        return self.resident.awaiting_id or 0

    def part(self, beginning: str, then: Callable[[str], T]) -> T:
        """Which question of its kind it is: what follows the beginning of its name, read by `then`."""
        try:
            return then(self.awaiting.removeprefix(beginning))
        except ValueError as error:
            raise Gone from error


# Returns the question as it is put now; refuses when nobody would put it to this person any more. So a
# prompt looks at all that the button before it looks at: the thing, the role, whether it is still open.
Prompt = Callable[[Asking], Awaitable[Screen]]
# By what is awaited, or by its beginning.
Prompts = Mapping[str, Prompt]


def prompt_of(prompts: Prompts, awaiting: str) -> Prompt | None:
    """The most precise one."""
    fitting = [name for name in prompts if awaiting.startswith(name)]
    return prompts[max(fitting, key=len)] if fitting else None


async def put_again(prompts: Prompts, asking: Asking) -> Screen | None:
    """The question that waits for an answer; none when none does, or when it cannot be put any more."""
    prompt = prompt_of(prompts, asking.awaiting) if asking.awaiting else None
    if prompt is None:
        return None
    try:
        return await prompt(asking)
    except Refusal:
        return None


async def why_ended(prompts: Prompts, asking: Asking) -> Refusal | None:
    """End the question if nobody can answer it any more, and return why.

    None when it still stands, or when another update of this person has ended or replaced it.
    """
    prompt = prompt_of(prompts, asking.awaiting) if asking.awaiting else None
    if prompt is None:
        return None
    try:
        await prompt(asking)
    except Refusal as refusal:
        async with asking.database.act() as db:
            is_ended = await end_awaiting(db, asking.resident)
        return refusal if is_ended else None
    return None
