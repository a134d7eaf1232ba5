"""What was public before officers looked first stays public; what waits is not exposed by going back."""

from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.migrate import alembic_config

BEFORE, AFTER = "0006", "0007"
HEARING = text(
    "INSERT INTO hearings (id, municipality_id, status, created_at)"
    " SELECT 1, min(id), 'announced', CURRENT_TIMESTAMP FROM municipalities"
)
ASKED = (
    "INSERT INTO hearing_questions (id, hearing_id, kind, language, text, created_at, hidden_at)"
    " VALUES (:id, 1, 'question', 'ru', :text, CURRENT_TIMESTAMP, {hidden_at})"
)
PUBLIC_BEFORE = text("SELECT text FROM hearing_questions WHERE hidden_at IS NULL ORDER BY id")
STATES = text(
    "SELECT text, shown_at IS NOT NULL, hidden_at IS NOT NULL, version FROM hearing_questions ORDER BY id"
)
AT_ONCE = text("SELECT count(*) FROM municipalities WHERE questions_at_once")


def ask(connection: Connection, question_id: int, words: str, hidden_at: str = "NULL") -> None:
    connection.execute(text(ASKED.format(hidden_at=hidden_at)), {"id": question_id, "text": words})


def states(connection: Connection) -> list[tuple[str, bool, bool, int]]:
    """Of each question its text, whether it was shown, whether it is hidden, and its version."""
    return [(row[0], bool(row[1]), bool(row[2]), row[3]) for row in connection.execute(STATES)]


def go_back_and_forth(connection: Connection) -> None:
    config = alembic_config(connection)
    command.downgrade(config, BEFORE)
    connection.execute(HEARING)
    ask(connection, 1, "old")
    ask(connection, 2, "hidden", "CURRENT_TIMESTAMP")
    command.upgrade(config, AFTER)
    assert states(connection) == [("old", True, False, 1), ("hidden", True, True, 1)]
    assert connection.execute(AT_ONCE).scalar_one() == 0
    ask(connection, 3, "waits")
    assert states(connection)[-1] == ("waits", False, False, 1)
    command.downgrade(config, BEFORE)
    assert list(connection.execute(PUBLIC_BEFORE).scalars()) == ["old"]
    command.upgrade(config, AFTER)


async def test_public_questions_stay_public_and_waiting_ones_stay_unseen(database_url: str) -> None:
    engine = create_async_engine(database_url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(go_back_and_forth)
    finally:
        await engine.dispose()
