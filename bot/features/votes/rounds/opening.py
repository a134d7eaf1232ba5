"""A stage is opened: stored, recorded and told in one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import date_words
from bot.db.delivery_queries import broadcast, settled_in
from bot.db.queries import Subject, save_awaiting, save_journal
from bot.domain.ballot import LONGEST_VOTE_DAYS
from bot.domain.clock import local_day, moment
from bot.domain.dates import Asked, Facing, only_day, read
from bot.domain.notices import NoticeTopic
from bot.domain.refusals import DateOutOfRange
from bot.domain.roles import Resident
from bot.features.votes.rounds import queries
from bot.features.votes.rounds.deliveries import OPENED, opened_facts
from bot.features.votes.rounds.queries import NewRound


async def open_round(
    db: AsyncConnection, resident: Resident, municipality_id: int, new: NewRound, now: datetime
) -> int:
    """The stage's id. Call it with the municipality locked and no vote open there."""
    round_id = await queries.save_round(db, municipality_id, new, opened_by=resident.id, now=now)
    await save_awaiting(db, resident.id, None)
    await save_journal(
        db, "vote.opened", by=resident.id, of=Subject(municipality_id, round_id), stage=new.stage
    )
    facts = opened_facts(round_id, new.picks, new.closes_at, new.stage, new.left_out_reason)
    await _tell_opened(db, resident, municipality_id, round_id, facts)
    return round_id


async def _tell_opened(
    db: AsyncConnection, resident: Resident, municipality_id: int, round_id: int, facts: Mapping[str, Any]
) -> None:
    await broadcast(
        db,
        notice=f"round:{round_id}:opened",
        municipality_id=municipality_id,
        kind=OPENED,
        facts=facts,
        to=settled_in(municipality_id, besides=resident.id),
        topic=NoticeTopic.VOTES,
        expires_at=datetime.fromisoformat(facts["closes_at"]),
        made_by=resident.id,
    )


def typed_closing_moment(written: str, hour: int, now: datetime) -> datetime:
    """Of a typed day, as `closing_moment`; the hour may stand beside it, and no other."""
    typed = read(written, Asked(local_day(now), Facing.AHEAD, date_words()))
    return closing_moment(only_day(replace(typed, at=None) if typed.at == time(hour) else typed), hour, now)


def closing_moment(day: date, hour: int, now: datetime) -> datetime:
    """The moment a vote closes: the day at `hour` o'clock in Bishkek; refuses days out of range."""
    ahead = (day - local_day(now)).days
    if not 1 <= ahead <= LONGEST_VOTE_DAYS:
        raise DateOutOfRange(LONGEST_VOTE_DAYS)
    return moment(day, time(hour))
