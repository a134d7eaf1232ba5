"""People who write to the bot without being asked, each something of their own, and what became of it."""

from sqlalchemy import select

from bot.db.models import Draft, ResidentRow
from bot.db.session import Database
from bot.sandbox.people import Person
from bot.sandbox.world import World


def words_of(person: Person) -> str:
    return f"Биздин көчөдө жарык күйбөйт, түнкүсүн басууга болбойт: {person.id}"


def write(world: World, person: Person) -> None:
    world.say(person.id, words_of(person))


def is_answered(world: World, person: Person) -> bool:
    """Whether the bot has said anything to them since they wrote last."""
    messages = world.messages(person.id)
    return bool(messages) and messages[-1].from_bot


async def kept_words(database: Database) -> dict[int, str]:
    """What everybody has written out of the blue; what was kept twice stands there twice."""
    query = select(ResidentRow.telegram_id, Draft.offered).join(Draft, Draft.resident_id == ResidentRow.id)
    async with database.read() as db:
        return {row.telegram_id: row.offered for row in await db.execute(query)}


async def require_kept(database: Database, people: list[Person]) -> None:
    """Everybody's words, and exactly once."""
    kept = await kept_words(database)
    assert {each.id: kept.get(each.id) for each in people} == {each.id: words_of(each) for each in people}
