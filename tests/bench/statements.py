"""Counts what the database is asked; what only begins, divides or ends a transaction is counted apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@dataclass
class Count:
    """`asked` are the statements themselves; `frame` counts BEGIN, SAVEPOINT, RELEASE, ROLLBACK and COMMIT."""

    asked: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)
    frame: int = 0

    def note(
        self, _connection: Connection, _cursor: Any, statement: str, parameters: Any, *_context: Any
    ) -> None:
        if statement.startswith(FRAME):
            self.frame += 1
        else:
            self.asked.append(statement)
            self.parameters.append(parameters)

    def note_end(self, _connection: Connection) -> None:
        self.frame += 1


@contextmanager
def counting() -> Iterator[Count]:
    """Everything that any engine of this process is asked inside the block."""
    count = Count()
    ends = ("commit", "rollback")
    event.listen(Engine, "before_cursor_execute", count.note)
    for end in ends:
        event.listen(Engine, end, count.note_end)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", count.note)
        for end in ends:
            event.remove(Engine, end, count.note_end)
