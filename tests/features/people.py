"""What people do in the tests of the features, and a second process of the bot beside the first."""

from bot.db.session import Database
from bot.sandbox.methods import BotApi
from tests.stage import DirectSession, Stage, Visitor

NEED = "Весной сломался мост на верхней улице, дети идут в школу три километра в обход"


def beside(stage: Stage, database: Database | None = None) -> Stage:
    """Another process of the same bot: the same people and the same database, nothing else in common."""
    other = Stage(database or stage.database)
    other.world = stage.world
    other.session = DirectSession(BotApi(stage.world))
    other.bot.session = other.session
    return other


def seen_from(stage: Stage, visitor: Visitor) -> Visitor:
    """The same person, served by another process."""
    return Visitor(stage, visitor.id)


def answers(visitor: Visitor) -> list[str]:
    """What the bot has said since this person's last message, the oldest first."""
    said: list[str] = []
    for message in reversed(visitor.messages):
        if not message.from_bot:
            break
        said.append(message.text or message.caption or "")
    return said[::-1]


async def write_report(resident: Visitor, text: str = NEED, village: str = "") -> None:
    """Answer the questions in the shortest way, up to the preview."""
    await resident.send("/report")
    await resident.send(text)
    await say_that_mine_is_another(resident)
    await resident.tap("dvil:", village)
    await resident.tap("dtop:")
    await resident.tap("skip:who")
    await resident.tap("skip:media")


async def say_that_mine_is_another(resident: Visitor) -> None:
    """Where problems that look like it are shown."""
    if any(data.startswith(("sim:", "simwait:")) for data in resident.data):
        await resident.tap("step:village")


async def report(resident: Visitor, text: str = NEED, village: str = "") -> None:
    await write_report(resident, text, village)
    await resident.tap("send:")


async def read_queue(facilitator: Visitor) -> None:
    await facilitator.send("/desk")
    await facilitator.tap("queue:")


async def open_vote(facilitator: Visitor) -> None:
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    await facilitator.tap("vday:")
    await facilitator.tap("vopen:")


async def close_vote(facilitator: Visitor) -> None:
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("vask:")
    await facilitator.tap("vclose:")
