"""A stage is opened: stored, recorded and told in one transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, settled_in
from bot.db.queries import save_awaiting, save_journal
from bot.domain.ballot import LONGEST_VOTE_DAYS
from bot.domain.clock import BISHKEK
from bot.domain.notices import NoticeTopic
from bot.domain.refusals import DateNotUnderstood, DateOutOfRange
from bot.domain.roles import Resident
from bot.features.votes.rounds import round_queries as queries
from bot.features.votes.rounds.deliveries import OPENED, opened_facts
from bot.features.votes.rounds.round_queries import NewRound

PACKED_DATE = ("%Y%m%d",)
TYPED_DATES = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y")


async def opened(
    db: AsyncConnection, resident: Resident, municipality_id: int, new: NewRound, now: datetime
) -> int:
    """The stage's id. Call it with the municipality locked and no vote open there."""
    round_id = await queries.save_round(db, municipality_id, new, opened_by=resident.id, now=now)
    await save_awaiting(db, resident.id, None)
    await save_journal(
        db,
        "vote.opened",
        actor_id=resident.id,
        municipality_id=municipality_id,
        subject_id=round_id,
        details={"stage": new.stage},
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


def closing_moment(written: str, formats: tuple[str, ...], hour: int, now: datetime) -> datetime:
    """The moment a vote closes: the written day at `hour` o'clock in Bishkek; refuses days out of range."""
    closes_at = _first_date(written, formats).replace(hour=hour)
    today = now.astimezone(BISHKEK).replace(hour=0, minute=0, second=0, microsecond=0)
    if not timedelta(days=1) <= closes_at.replace(hour=0) - today <= timedelta(days=LONGEST_VOTE_DAYS):
        raise DateOutOfRange(LONGEST_VOTE_DAYS)
    return closes_at


def _first_date(written: str, formats: tuple[str, ...]) -> datetime:
    for form in formats:
        try:
            return datetime.strptime(written, form).replace(tzinfo=BISHKEK)
        except ValueError:
            continue
    raise DateNotUnderstood
