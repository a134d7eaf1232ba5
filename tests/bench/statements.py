"""Counts what the database is asked; what only begins, divides or ends a transaction is told apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@dataclass
class Count:
    """`asked` are the statements with their parameters; `frame` is what holds them together."""

    asked: list[tuple[str, Any]] = field(default_factory=list)
    frame: list[str] = field(default_factory=list)

    @property
    def own(self) -> int:
        """Statements of the act itself: keeping updates and striking them off is done for many at once."""
        return sum("inbox" not in statement for statement, _parameters in self.asked)

    @property
    def shared(self) -> int:
        return len(self.asked) - self.own

    def note(
        self, _connection: Connection, _cursor: Any, statement: str, parameters: Any, *_context: Any
    ) -> None:
        if statement.startswith(FRAME):
            self.frame.append(statement)
        else:
            self.asked.append((statement, parameters))

    def note_commit(self, connection: Connection) -> None:
        """PostgreSQL's driver begins and commits by itself, unseen."""
        if connection.dialect.name == "postgresql":
            self.frame += ["BEGIN", "COMMIT"]


@contextmanager
def counting() -> Iterator[Count]:
    """Everything that any engine of this process is asked inside the block."""
    count = Count()
    event.listen(Engine, "before_cursor_execute", count.note)
    event.listen(Engine, "commit", count.note_commit)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", count.note)
        event.remove(Engine, "commit", count.note_commit)
