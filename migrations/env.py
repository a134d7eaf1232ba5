"""Alembic's environment: it works on the connection that `bot.db.migrate` hands it."""

from typing import Any, Literal

from alembic import context

from bot.db.models import Base, Moment


def _render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as plain SQLAlchemy ones: a migration must not change with the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
