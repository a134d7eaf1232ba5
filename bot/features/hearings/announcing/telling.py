"""Who is told what about a hearing. Written in the transaction of the cause."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, broadcast_to_chats, save_given_up, settled_in
from bot.db.models import ResidentRow
from bot.domain.hearing import HearingNotice
from bot.domain.hearing_changes import Difference, difference
from bot.domain.notices import Failure, NoticeTopic
from bot.domain.roles import Resident
from bot.features.hearings.announcing import queries
from bot.features.hearings.hearing_queries import HearingCard, was_told

# Of these an announcement says only whether or how many there are.
_CONTENTS = {"has_pin", "documents"}


async def announce(db: AsyncConnection, hearing: HearingCard, officer: Resident) -> None:
    """Tell everybody who is invited, and the municipality's groups; the officer sees how it goes on."""
    facts = hearing.announcement.as_facts()
    invited = settled_in(hearing.municipality_id, [village.id for village in hearing.villages])
    await _tell(db, hearing, HearingNotice.ANNOUNCED, "announced", facts, officer, invited)
    await _post(db, hearing, "posted", facts, officer)


async def change(
    db: AsyncConnection,
    before: HearingCard,
    hearing: HearingCard,
    changed: Difference,
    officer: Resident,
    *,
    told: bool,
) -> None:
    """Tell those who were told what has changed, if they are to hear of it; others what concerns them."""
    if told:
        await _tell_changed(db, before, hearing, changed, officer)
    else:
        for language in sorted(changed.translated):
            await _tell_translated(db, hearing, officer, language)
    if changed.is_wider:
        await _tell_newly_invited(db, before, hearing, officer)


async def _tell_changed(
    db: AsyncConnection, before: HearingCard, hearing: HearingCard, changed: Difference, officer: Resident
) -> None:
    was, fields, after = before.announcement, changed.fields, hearing.announcement
    # Whoever has not heard of the change before this one hears of both together, unless one undoes the other.
    earlier = await queries.find_waiting_change(db, hearing.id)
    if earlier is not None:
        since_then = difference(earlier, after, _CONTENTS & set(fields)).fields
        if set(fields) <= set(since_then):
            was, fields = earlier, since_then
    facts = {**after.as_facts(), "changed": list(fields), "before": was.as_facts()}
    outdated = await queries.list_outdated(db, hearing.id)
    name = f"changed:{hearing.version}"
    await _tell(db, hearing, HearingNotice.CHANGED, name, facts, officer, was_told(hearing.id))
    await _post(db, hearing, f"posted:{hearing.version}", facts, officer)
    # Whoever had not yet been reached hears of the new state alone; reminders of the old one are stale.
    await save_given_up(db, outdated, Failure.EXPIRED)


async def _tell_translated(
    db: AsyncConnection, hearing: HearingCard, officer: Resident, language: str
) -> None:
    """Those who first read the other language."""
    readers = was_told(hearing.id) & (ResidentRow.language == language)
    facts, name = hearing.announcement.as_facts(), f"translated:{language}"
    await _tell(db, hearing, HearingNotice.TRANSLATED, name, facts, officer, readers)


async def _tell_newly_invited(
    db: AsyncConnection, before: HearingCard, hearing: HearingCard, officer: Resident
) -> None:
    """Those of the villages that were added, but for people who were told while they lived elsewhere."""
    invited = settled_in(hearing.municipality_id, [village.id for village in hearing.villages])
    newly = ResidentRow.village_id.not_in([village.id for village in before.villages])
    facts, name = (
        hearing.announcement.as_facts(),
        f"announced:{await queries.count_broadcasts(db, hearing.id)}",
    )
    who = invited & newly & ~was_told(hearing.id)
    await _tell(db, hearing, HearingNotice.ANNOUNCED, name, facts, officer, who)


async def cancel(db: AsyncConnection, hearing: HearingCard, officer: Resident) -> None:
    facts = {**hearing.announcement.as_facts(), "reason": hearing.cancel_reason}
    outdated = await queries.list_outdated(db, hearing.id)
    await _tell(db, hearing, HearingNotice.CANCELLED, "cancelled", facts, officer, was_told(hearing.id))
    await _post(db, hearing, "posted:cancelled", facts, officer)
    await save_given_up(db, outdated, Failure.EXPIRED)


async def _tell(
    db: AsyncConnection,
    hearing: HearingCard,
    kind: HearingNotice,
    name: str,
    facts: Mapping[str, Any],
    officer: Resident,
    who: ColumnElement[bool],
) -> None:
    """Nobody may have muted what corrects something they were told."""
    await broadcast(
        db,
        notice=f"hearing:{hearing.id}:{name}",
        municipality_id=hearing.municipality_id,
        kind=kind,
        facts=facts,
        to=who,
        topic=NoticeTopic.HEARINGS if kind is HearingNotice.ANNOUNCED else None,
        expires_at=hearing.starts_at,
        hearing_id=hearing.id,
        made_by=officer.id,
        # A translation goes to few, and is no news to the officer.
        watcher_id=None if kind is HearingNotice.TRANSLATED else officer.id,
    )


async def _post(
    db: AsyncConnection, hearing: HearingCard, name: str, facts: Mapping[str, Any], officer: Resident
) -> None:
    """The same in the municipality's groups and channels."""
    await broadcast_to_chats(
        db,
        notice=f"hearing:{hearing.id}:{name}",
        municipality_id=hearing.municipality_id,
        kind=HearingNotice.POSTED,
        facts=facts,
        expires_at=hearing.starts_at,
        hearing_id=hearing.id,
        made_by=officer.id,
    )
