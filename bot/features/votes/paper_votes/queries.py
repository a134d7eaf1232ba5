"""Sheets of gatherings: drafts at the desk, entering, taking back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import GatheringDraft, GatheringRow, GatheringVotes, Round
from bot.db.queries import Subject, save_journal
from bot.domain.gathering import NewSheet, Tally
from bot.domain.refusals import CountPublished
from bot.features.votes.gathering_queries import Gathering, list_gatherings


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet being entered; `told` by the names of the columns, as JSON keeps it."""

    id: int
    round_id: int
    told: Mapping[str, Any]


async def save_new_draft(db: AsyncConnection, resident_id: int, round_id: int, now: datetime) -> Draft:
    """A person enters one sheet at a time: an unfinished one gives way."""
    await db.execute(delete(GatheringDraft).where(GatheringDraft.resident_id == resident_id))
    values = {"resident_id": resident_id, "round_id": round_id, "told": {}, "changed_at": now}
    done = await db.execute(insert(GatheringDraft).values(**values).returning(GatheringDraft.id))
    return Draft(done.scalar_one(), round_id, {})


async def find_draft(db: AsyncConnection, resident_id: int, draft_id: int) -> Draft | None:
    row = (
        await db.execute(
            select(GatheringDraft.id, GatheringDraft.round_id, GatheringDraft.told)
            .where(GatheringDraft.id == draft_id, GatheringDraft.resident_id == resident_id)
            .with_for_update()
        )
    ).first()
    return Draft(row.id, row.round_id, row.told) if row else None


async def find_own_draft(db: AsyncConnection, resident_id: int, round_id: int) -> Draft | None:
    """The sheet that this person has begun and not finished."""
    row = (
        await db.execute(
            select(GatheringDraft.id, GatheringDraft.round_id, GatheringDraft.told).where(
                GatheringDraft.resident_id == resident_id, GatheringDraft.round_id == round_id
            )
        )
    ).first()
    return Draft(row.id, row.round_id, row.told) if row else None


async def save_told(db: AsyncConnection, draft: Draft, now: datetime, **told: Any) -> Draft:
    merged = {**draft.told, **told}
    await db.execute(
        update(GatheringDraft).where(GatheringDraft.id == draft.id).values(told=merged, changed_at=now)
    )
    return Draft(draft.id, draft.round_id, merged)


async def drop_draft(db: AsyncConnection, draft_id: int) -> None:
    await db.execute(delete(GatheringDraft).where(GatheringDraft.id == draft_id))


async def lock_count(db: AsyncConnection, round_id: int) -> None:
    """Hold the round until the act is committed; refuses once its result is public."""
    row = (
        await db.execute(select(Round.counted_at).where(Round.id == round_id).with_for_update())
    ).scalar_one()
    if row is not None:
        raise CountPublished


class Entry(StrEnum):
    """What came of entering a sheet."""

    ENTERED = "entered"
    KNOWN = "known"
    TAKEN = "taken"
    """Another sheet has this number."""
    ALIKE = "alike"
    """A sheet with another number says the same of the same village and day."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a sheet. `batch` is the number under which it, or the one it is like, is counted."""

    entry: Entry
    batch: str


HOLDS_ALL_BACK = frozenset({Entry.TAKEN, Entry.ALIKE})


def entry_of(
    sheet: NewSheet, known: Sequence[Gathering], others: Sequence[NewSheet], *, are_others: bool
) -> Entered:
    """What will come of entering it beside those that are known, and `others` that come with it.

    With `are_others`, somebody has said that sheets that look alike are of different gatherings. A number
    may be used again once its sheet was taken back, for a corrected one; the very sheet that was taken back
    does not come in a second time.
    """
    versions = [each for each in known if is_version(each, sheet.batch)]
    if any(tally_of(each).says_the_same(sheet.tally) for each in versions):
        return Entered(Entry.KNOWN, sheet.batch)
    if any(each.counts for each in versions):
        return Entered(Entry.TAKEN, sheet.batch)
    if are_others:
        return Entered(Entry.ENTERED, _next_version(sheet, versions))
    counted = [(each.batch, tally_of(each)) for each in known if each.counts]
    for batch, tally in (*counted, *((each.batch, each.tally) for each in others)):
        if tally.looks_like(sheet.tally):
            return Entered(Entry.ALIKE, batch)
    return Entered(Entry.ENTERED, _next_version(sheet, versions))


def is_version(known: Gathering, batch: str) -> bool:
    """Whether it was entered under this number, or as a correction of that sheet."""
    return known.batch.partition("/")[0] == batch


def _next_version(sheet: NewSheet, versions: Sequence[Gathering]) -> str:
    return f"{sheet.batch}/{len(versions) + 1}" if versions else sheet.batch


def tally_of(of: Gathering) -> Tally:
    return Tally(
        village_id=of.village_id,
        held_on=of.held_on,
        place=of.place,
        people=of.people,
        method=of.method,
        women=of.women,
        men=of.men,
        voted=of.voted,
        already_voted=of.already_voted,
        first_signatory=of.first_signatory,
        second_signatory=of.second_signatory,
        votes=of.votes,
    )


async def save_sheets(
    db: AsyncConnection,
    round_id: int,
    municipality_id: int,
    sheets: Sequence[NewSheet],
    by: int,
    now: datetime,
    *,
    are_others: bool = False,
) -> list[Entered]:
    """Enter those that are not known yet; call `lock_count` first.

    If a number is taken, or one looks like another (see `entry_of`), none is entered.
    """
    known = await list_gatherings(db, round_id)
    found = [
        entry_of(each, known, sheets[:place], are_others=are_others) for place, each in enumerate(sheets)
    ]
    if any(each.entry in HOLDS_ALL_BACK for each in found):
        return found
    for sheet, each in zip(sheets, found, strict=True):
        if each.entry is Entry.ENTERED:
            await _save_sheet(db, round_id, each.batch, sheet, by, now)
            await save_journal(
                db,
                "gathering.entered",
                by=by,
                of=Subject(municipality_id, round_id),
                after=f"№{each.batch} · {sheet.tally.held_on:%d.%m.%Y} · {sheet.tally.voted}",
            )
    return found


async def _save_sheet(
    db: AsyncConnection, round_id: int, batch: str, sheet: NewSheet, by: int, now: datetime
) -> None:
    tally = sheet.tally
    done = await db.execute(
        insert(GatheringRow)
        .values(
            round_id=round_id,
            batch=batch,
            village_id=tally.village_id,
            held_on=tally.held_on,
            place=tally.place,
            people=tally.people,
            method=tally.method,
            women=tally.women,
            men=tally.men,
            voted=tally.voted,
            already_voted=tally.already_voted,
            first_signatory=tally.first_signatory,
            second_signatory=tally.second_signatory,
            photo_file_id=sheet.photo,
            entered_by=by,
            entered_at=now,
        )
        .returning(GatheringRow.id)
    )
    gathering_id = done.scalar_one()
    votes = [
        {"gathering_id": gathering_id, "problem_id": problem_id, "votes": number}
        for problem_id, number in tally.votes.items()
        if number
    ]
    if votes:
        await db.execute(insert(GatheringVotes), votes)


async def save_taken_back(
    db: AsyncConnection, gathering: Gathering, municipality_id: int, by: int, reason: str, now: datetime
) -> bool:
    """Add the row that takes it back; call `lock_count` first. False when it was taken back before."""
    taken = select(GatheringRow.id).where(GatheringRow.reverses_id == gathering.id)
    if (await db.execute(taken)).first() is not None:
        return False
    copied = ("round_id", "village_id", "held_on", "place", "people", "method", "women", "men", "voted")
    await db.execute(
        insert(GatheringRow).values(
            **{name: getattr(gathering, name) for name in copied},
            batch=f"-{gathering.id}",
            first_signatory="",
            second_signatory="",
            entered_by=by,
            entered_at=now,
            reverses_id=gathering.id,
            reason=reason,
        )
    )
    await save_journal(
        db,
        "gathering.taken_back",
        by=by,
        of=Subject(municipality_id, gathering.round_id),
        before=f"№{gathering.batch} · {gathering.held_on:%d.%m.%Y} · {gathering.voted}",
        after=reason,
    )
    return True
