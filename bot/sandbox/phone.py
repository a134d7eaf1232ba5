"""A telephone held by a program: it says and taps what a person could, and waits for the bot as they do."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.people import Message, Person
from bot.sandbox.world import World

PATIENCE_SECONDS = 60.0
Button = tuple[int, str, str]


class Phone:
    """One person's chat. Whatever takes longer than `patience` seconds raises TimeoutError."""

    def __init__(self, world: World, person: Person, patience: float = PATIENCE_SECONDS) -> None:
        self._world = world
        self._patience = patience
        self.person = person

    @property
    def screen(self) -> Message | None:
        """The bot's newest message that has buttons."""
        return next((each for each in self._newest_first() if each.from_bot and each.buttons), None)

    def buttons(self, prefix: str) -> list[Button]:
        """The buttons on the screen whose data begins so, each as its message, data and text."""
        screen = self.screen
        if screen is None:
            return []
        pressed = [each for row in screen.buttons for each in row if each.get("callback_data")]
        return [
            (screen.message_id, each["callback_data"], each["text"])
            for each in pressed
            if each["callback_data"].startswith(prefix)
        ]

    async def say(self, text: str) -> None:
        """Write, and wait until the bot has written something too."""
        newest = self._world.next_message
        self._world.say(self.person.id, text)
        await self._until(
            lambda: any(each.from_bot for each in self._newest_first() if each.message_id > newest)
        )

    async def press(self, button: Button) -> dict[str, Any]:
        """Press a button and wait until it no longer spins; return the answer."""
        message_id, data, _text = button
        callback = self._world.callbacks[self._world.tap(self.person.id, message_id, data)]
        await self._until(lambda: callback.answered is not None)
        return callback.answered or {}

    async def follow(self, *prefixes: str) -> str:
        """Press the first button that begins with one of these, as soon as there is one; wait for the next
        screen, and return what the button's data began with. Of several the one named first is pressed, and
        of its buttons the one whose data is just this: "sim:4" is never "sim:42".
        """
        await self._until(lambda: any(self.buttons(each) for each in prefixes))
        prefix = next(each for each in prefixes if self.buttons(each))
        before = self._looks()
        await self.press(min(self.buttons(prefix), key=lambda button: button[1] != prefix))
        await self._until(lambda: self._looks() != before)
        return prefix

    def _looks(self) -> tuple[Any, ...]:
        screen = self.screen
        return (screen.message_id, screen.text, screen.markup) if screen else ()

    def _newest_first(self) -> Iterator[Message]:
        return reversed(self._world.messages(self.person.id))

    async def _until(self, ready: Callable[[], bool]) -> None:
        if not await self._world.wait(ready, self._patience):
            shown = self.screen
            raise TimeoutError(f"the bot does not answer; the chat ends with {shown and shown.text!r}")
