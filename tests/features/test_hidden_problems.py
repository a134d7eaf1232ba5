"""What is not public is seen by its author and the facilitators alone: every screen, button, file and notice.

Each of the others walks through all that the bot has: every command and link, every button class with the
numbers of hidden problems, and then every button that this has brought before them.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import pytest
from aiogram.filters.callback_data import CallbackData
from structlog.testing import capture_logs

from bot.domain.clock import utc_now
from bot.features.plan.reading.exporting import export_plan
from bot.features.residents.erasure.callbacks import AskToForget, ConfirmForgetting, ForgetMe
from bot.features.residents.first_visit.callbacks import ChooseMunicipality, ChooseVillage, MoveToMunicipality
from bot.features.residents.settings.callbacks import ChooseLanguage, SetNotice
from tests.features.forgers import Town, a_town
from tests.features.hidden import MARK, MATTER, TYPED, Hidden, hide_one_of_each, name_in_the_plan
from tests.features.recording import Recorder, text_of
from tests.features.records import village_ids
from tests.house.test_wire_format import SHIPPED
from tests.stage import Stage, Visitor

COMMANDS = ("/start", "/my", "/problems", "/plan", "/vote", "/hearings", "/settings", "/desk", "/office")
# They end the walk, or lead out of the town.
LEFT_OUT = (
    AskToForget,
    ConfirmForgetting,
    ForgetMe,
    SetNotice,
    ChooseLanguage,
    ChooseMunicipality,
    ChooseVillage,
    MoveToMunicipality,
)
_PREFIXES = tuple(each.__prefix__ for each in LEFT_OUT)
# Of the buttons that come before somebody, so many are pressed.
MOST_FOLLOWED = 80


@dataclass
class Walk:
    """One person's way through the bot."""

    recorder: Recorder
    person: Visitor
    town: Town
    hidden: list[Hidden]
    village_id: int

    async def through_everything(self) -> None:
        self.recorder.person = self.person.id
        await self.by_commands_and_links()
        await self.by_likeness()
        for button in forged(self.town, self.hidden, self.village_id):
            await self.person.press(button, message_id=1)
        await self.by_what_is_shown()

    async def by_commands_and_links(self) -> None:
        for command in COMMANDS:
            await self.person.send(command)
        for each in self.hidden:
            await self.person.start(f"p_{each.id}")
            await self.person.ask_inline(str(each.number))
            await self.person.ask_inline(TYPED)
        await self.person.press("find")
        await self.person.send(TYPED)

    async def by_likeness(self) -> None:
        """Write what is like it, and press every button that led to it, now or before."""
        await self.person.send("/report")
        await self.person.send(MATTER)
        for each in self.hidden:
            for data in (
                f"sim:{each.id}",
                f"too:{each.id}:1",
                f"simyes:999:{each.id}",
                f"simwait:999:{each.id}",
            ):
                await self.person.press(data)

    async def by_what_is_shown(self) -> None:
        followed: set[str] = set()
        for command in COMMANDS:
            await self.person.send(command)
            while following := self._next(followed):
                followed.add(following)
                await self.person.press(following)

    def _next(self, followed: set[str]) -> str | None:
        """A button on the screens that this person has before them, that was not pressed yet."""
        if len(followed) >= MOST_FOLLOWED:
            return None
        shown = (
            each["callback_data"]
            for message in reversed(self.person.messages)
            for row in message.buttons
            for each in row
            if "callback_data" in each
        )
        return next((data for data in shown if data not in followed and not data.startswith(_PREFIXES)), None)


def forged(town: Town, hidden: Iterable[Hidden], village_id: int) -> list[CallbackData]:
    """A button of every class for every hidden problem, with numbers that exist."""
    numbers = {
        "municipality_id": 9,
        "village_id": village_id,
        "round_id": town.round_id,
        "question_id": town.question_id,
        **dict.fromkeys(("hearing_id", "version_id", "item_id", "measure_id", "into_id", "inquiry_id"), 1),
        **dict.fromkeys(("gathering_id", "ballot_id", "broadcast_id", "chat_id", "draft_id"), 1),
        **dict.fromkeys(("page", "after"), 0),
    }
    made = []
    for shipped in SHIPPED.values():
        if isinstance(shipped, LEFT_OUT):
            continue
        for each in hidden:
            fields = type(shipped).model_fields
            own = {name: number for name, number in numbers.items() if name in fields}
            about = {"problem_id": each.id} if "problem_id" in fields else {}
            button = shipped.model_copy(update=own | about)
            if button not in made:
                made.append(button)
    return made


def seen(recorder: Recorder, hidden: Iterable[Hidden], besides: Iterable[Visitor]) -> list[str]:
    """What somebody was told who must not see it."""
    readers = {each.id for each in besides}
    secrets = (MARK, *(file_id for each in hidden for file_id in each.file_ids))
    return [
        words for to, words in recorder.said if to not in readers and any(each in words for each in secrets)
    ]


@pytest.fixture
def recorder(stage: Stage) -> Recorder:
    stage.bot.session = recording = Recorder(stage.world)
    return recording


async def _stranger(stage: Stage) -> Visitor:
    return stage.visitor()


WALKERS: dict[str, Callable[[Stage], Awaitable[Visitor]]] = {
    "a stranger": _stranger,
    "a neighbour": lambda stage: stage.resident("ky"),
    "a resident of another town": lambda stage: stage.resident(municipality="chaek"),
    "a monitor": lambda stage: stage.monitor(),
    "an officer": lambda stage: stage.officer(),
    "a facilitator of another town": lambda stage: stage.facilitator("chaek"),
}


@pytest.mark.parametrize("walker", WALKERS)
async def test_nobody_but_its_author_and_the_facilitators_sees_anything_of_a_hidden_problem(
    stage: Stage, recorder: Recorder, walker: str
) -> None:
    town = await a_town(stage)
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    hidden = await hide_one_of_each(stage, author, await stage.resident())
    await name_in_the_plan(stage, hidden)
    village_id = (await village_ids(stage, "jazy"))[0]
    person = await WALKERS[walker](stage)
    with capture_logs() as logged:
        await Walk(recorder, person, town, hidden, village_id).through_everything()
        await stage.deliver()
    assert len(recorder.said) > 100
    assert seen(recorder, hidden, [author, facilitator]) == []
    assert [each for each in logged if each["event"] == "an act failed"] == []


async def test_the_author_and_the_facilitator_do_see_theirs(stage: Stage, recorder: Recorder) -> None:
    """So the walk above would have found it."""
    await a_town(stage)
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    hidden = await hide_one_of_each(stage, author, await stage.resident())
    for each in hidden:
        for reader, buttons in (
            (author, (f"my:{each.id}:0", f"media:{each.id}")),
            (facilitator, (f"report:{each.id}", f"dprob:{each.id}", f"qmedia:{each.id}")),
        ):
            recorder.said.clear()
            for data in buttons:
                await reader.press(data)
            said = "\n".join(words for to, words in recorder.said if to == reader.id)
            assert MARK in said, (each.status, reader)
            assert each.file_ids[0] in said, (each.status, reader)


async def test_the_files_of_the_plan_hold_no_hidden_problem(stage: Stage) -> None:
    await a_town(stage)
    hidden = await hide_one_of_each(stage, await stage.resident("ky"), await stage.resident())
    await name_in_the_plan(stage, hidden)
    files = await export_plan(stage.database, "jazy", "ky", utc_now())
    words = {name: text_of(content) for name, content in files.items()}
    assert [name for name, content in words.items() if MARK in content] == []
    [data] = [content for name, content in words.items() if name.endswith(".json")]
    assert '"reported": [1]' in data
