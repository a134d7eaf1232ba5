"""What Telegram brought, until it is handled, and how lately the bot has heard anything."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base

_WAITS = text("raw IS NOT NULL")


class InboxUpdate(Base):
    """An update that Telegram was told to forget. It waits here, survives a kill, and is handled once.

    A handled one stays for some days without its content: Telegram may bring it again.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_waiting", "taken_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_inbox_line", "line", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index(None, "taken_at"),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # Its JSON as Telegram sent it; none once it is handled.
    raw: Mapped[str | None]
    # Whose updates are handled one after another, by whichever process; none once it is handled.
    line: Mapped[str | None] = mapped_column(String(24))
    # The process that handles it; none when that process has given it back.
    holder: Mapped[str | None] = mapped_column(String(16))
    taken_at: Mapped[datetime]
    # Set in the very transaction of a typed message's act, so that it is never acted upon twice.
    acted_at: Mapped[datetime | None]


class Process(Base):
    """A process of the bot. Once `alive_until` has passed it is dead, and others handle what it held."""

    __tablename__ = "processes"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    alive_until: Mapped[datetime]


class TelegramLink(Base):
    """What all processes together know of their connection with Telegram: one row."""

    __tablename__ = "telegram_link"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # When any of them heard from Telegram last.
    heard_at: Mapped[datetime | None]
    # The webhook that this installation has set last: its own, which it may replace or delete.
    webhook_url: Mapped[str | None]


class StrangeChat(Base):
    """A group or channel that the bot is in and that no municipality has linked."""

    __tablename__ = "strange_chats"

    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column(index=True)
    # When it was last answered that a code is not known.
    answered_at: Mapped[datetime | None]
