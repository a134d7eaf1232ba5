"""The inbox of updates in place of the list of those seen, the heartbeat, groups that nobody has linked."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("line", sa.String(length=24), nullable=True),
        sa.Column("holder", sa.String(length=16), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    waits = sa.text("raw IS NOT NULL")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_waiting", ["taken_at"], unique=False, sqlite_where=waits, postgresql_where=waits
        )
        batch_op.create_index(
            "ix_inbox_line", ["line"], unique=False, sqlite_where=waits, postgresql_where=waits
        )
        batch_op.create_index(batch_op.f("ix_inbox_taken_at"), ["taken_at"], unique=False)
    op.execute("INSERT INTO inbox (update_id, taken_at, acted_at) SELECT update_id, at, at FROM seen_updates")
    with op.batch_alter_table("seen_updates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_updates_at"))
    op.drop_table("seen_updates")
    op.create_table(
        "processes",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("alive_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_processes")),
    )
    op.create_table(
        "telegram_link",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("webhook_url", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_link")),
    )
    op.create_table(
        "strange_chats",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("telegram_id", name=op.f("pk_strange_chats")),
    )
    with op.batch_alter_table("strange_chats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strange_chats_since"), ["since"], unique=False)
    with op.batch_alter_table("delivery_pace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stopped_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("delivery_pace", schema=None) as batch_op:
        batch_op.drop_column("stopped_until")
    with op.batch_alter_table("strange_chats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strange_chats_since"))
    op.drop_table("strange_chats")
    op.drop_table("telegram_link")
    op.drop_table("processes")
    op.create_table(
        "seen_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_seen_updates")),
    )
    with op.batch_alter_table("seen_updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_updates_at"), ["at"], unique=False)
    op.execute(
        "INSERT INTO seen_updates (update_id, at) "
        "SELECT update_id, taken_at FROM inbox WHERE acted_at IS NOT NULL"
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_taken_at"))
        batch_op.drop_index("ix_inbox_line")
        batch_op.drop_index("ix_inbox_waiting")
    op.drop_table("inbox")
