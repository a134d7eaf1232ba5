"""Opening a vote, watching its turnout, and closing it: the facilitator's side."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_broadcast, save_recipients, settled_in
from bot.db.queries import lock_municipality, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.ballot import FEWEST_PROBLEMS, LONGEST_VOTE_DAYS
from bot.domain.clock import BISHKEK
from bot.domain.notices import NoticeTopic
from bot.domain.refusals import DateNotUnderstood, DateOutOfRange, Gone, NothingToVoteOn, VoteAlreadyOpen
from bot.domain.roles import Resident, Role
from bot.features.voting import round_queries as queries
from bot.features.voting import screens
from bot.features.voting.callbacks import (
    AskToClose,
    CloseVote,
    OpenVote,
    PlanVote,
    SetClosingDay,
    ShowTurnout,
)
from bot.features.voting.deliveries import OPENED, opened_facts
from bot.features.voting.round_queries import RoundFacts
from bot.features.voting.states import CLOSING_DAY
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.screen import Event, show
from bot.telegram.typed import Awaits

router = Router(name="rounds")
TYPED_DATES = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y")


@router.callback_query(PlanVote.filter())
async def plan_vote(tap: CallbackQuery, callback_data: PlanVote, act: Act, resident: Resident) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    async with act() as db:
        problems = await _require_ready(db, municipality_id)
        await save_awaiting(db, resident.id, CLOSING_DAY, municipality_id)
    await show(tap, screens.when_to_close(municipality_id, problems, datetime.now(BISHKEK)))


@router.callback_query(SetClosingDay.filter())
async def set_closing_day(
    tap: CallbackQuery,
    callback_data: SetClosingDay,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    resident.require(Role.FACILITATOR, callback_data.municipality_id)
    closes_at = _closing(str(callback_data.day), ("%Y%m%d",), settings.closing_hour)
    await _show_plan(tap, database, callback_data.municipality_id, closes_at, settings.picks)


@router.message(Awaits(CLOSING_DAY), F.text, ~F.text.startswith("/"))
async def type_closing_day(
    message: Message, database: Database, resident: Resident, settings: Settings
) -> None:
    municipality_id = resident.awaiting_id or 0
    resident.require(Role.FACILITATOR, municipality_id)
    closes_at = _closing((message.text or "").strip(), TYPED_DATES, settings.closing_hour)
    await _show_plan(message, database, municipality_id, closes_at, settings.picks)


@router.callback_query(OpenVote.filter())
async def open_vote(
    tap: CallbackQuery,
    callback_data: OpenVote,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.FACILITATOR, municipality_id)
    closes_at = _closing(str(callback_data.day), ("%Y%m%d",), settings.closing_hour)
    async with act() as db:
        await lock_municipality(db, municipality_id)
        opened = await queries.find_unclosed_round(db, municipality_id)
        if opened is None:
            round_id = await _open(db, resident, municipality_id, settings.picks, closes_at)
        elif opened.closes_at == closes_at:
            # The same press, repeated: it is shown what it did the first time.
            round_id = opened.id
        else:
            raise VoteAlreadyOpen
    await _show_turnout(tap, database, round_id)


async def _open(
    db: AsyncConnection, resident: Resident, municipality_id: int, picks: int, closes_at: datetime
) -> int:
    round_id = await queries.save_round(
        db, municipality_id, picks=picks, opened_by=resident.id, now=datetime.now(UTC), closes_at=closes_at
    )
    await save_awaiting(db, resident.id, None)
    await save_journal(
        db, "vote.opened", actor_id=resident.id, municipality_id=municipality_id, subject_id=round_id
    )
    await _tell_opened(db, resident, municipality_id, round_id, opened_facts(round_id, picks, closes_at))
    return round_id


async def _tell_opened(
    db: AsyncConnection, resident: Resident, municipality_id: int, round_id: int, facts: Mapping[str, Any]
) -> None:
    broadcast_id = await save_broadcast(
        db,
        notice=f"round:{round_id}:opened",
        municipality_id=municipality_id,
        kind=OPENED,
        facts=facts,
        made_by=resident.id,
    )
    if broadcast_id is not None:
        await save_recipients(
            db,
            broadcast_id,
            settled_in(municipality_id, besides=resident.id),
            topic=NoticeTopic.VOTES,
            expires_at=datetime.fromisoformat(facts["closes_at"]),
        )


@router.callback_query(ShowTurnout.filter())
async def show_turnout(
    tap: CallbackQuery, callback_data: ShowTurnout, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        await _facilitated(db, resident, callback_data.round_id)
    await _show_turnout(tap, database, callback_data.round_id)


@router.callback_query(AskToClose.filter())
async def ask_to_close(
    tap: CallbackQuery, callback_data: AskToClose, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        facts = await _facilitated(db, resident, callback_data.round_id)
    if facts.is_closed(datetime.now(UTC)):
        await _show_turnout(tap, database, facts.id)
    else:
        await show(tap, screens.sure_to_close(facts))


@router.callback_query(CloseVote.filter())
async def close_vote(
    tap: CallbackQuery, callback_data: CloseVote, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        facts = await _facilitated(db, resident, callback_data.round_id)
        if await queries.save_closed(db, facts.id, resident.id, datetime.now(UTC)):
            await save_journal(
                db,
                "vote.closed",
                actor_id=resident.id,
                municipality_id=facts.municipality_id,
                subject_id=facts.id,
            )
    await _show_turnout(tap, database, facts.id)


async def _facilitated(db: AsyncConnection, resident: Resident, round_id: int) -> RoundFacts:
    """The round, if this person facilitates its municipality."""
    facts = await queries.find_round(db, round_id)
    if facts is None:
        raise Gone
    resident.require(Role.FACILITATOR, facts.municipality_id)
    return facts


async def _require_ready(db: AsyncConnection, municipality_id: int) -> int:
    """The number of problems to vote on; refuses when there are too few, or a vote is on."""
    if await queries.find_unclosed_round(db, municipality_id):
        raise VoteAlreadyOpen
    problems = await queries.count_published(db, municipality_id)
    if problems < FEWEST_PROBLEMS:
        raise NothingToVoteOn
    return problems


async def _show_plan(
    event: Event, database: Database, municipality_id: int, closes_at: datetime, picks: int
) -> None:
    async with database.read() as db:
        problems = await _require_ready(db, municipality_id)
    await show(event, screens.about_to_open(municipality_id, problems, picks, closes_at))


async def _show_turnout(event: Event, database: Database, round_id: int) -> None:
    async with database.read() as db:
        facts = await queries.find_round(db, round_id)
        if facts is None:
            raise Gone
        villages = await queries.list_turnout(db, facts)
    await show(event, screens.turnout(facts, villages, datetime.now(UTC)))


def _closing(written: str, formats: tuple[str, ...], hour: int) -> datetime:
    """The moment a vote closes: the written day at `hour` o'clock in Bishkek; refuses days out of range."""
    closes_at = _first_date(written, formats).replace(hour=hour)
    today = datetime.now(BISHKEK).replace(hour=0, minute=0, second=0, microsecond=0)
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
