"""Handing a ranking over, once the vote is closed: to its facilitator, and to the monitoring group."""

from datetime import datetime
from functools import partial

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.db.queries import Subject, save_journal
from bot.db.session import Database
from bot.domain.exported import Files
from bot.domain.refusals import Gone, NotCountedYet, VoteStillOpen
from bot.domain.roles import Resident, Role, allowed
from bot.features.votes.ranking_files import screens, texts
from bot.features.votes.ranking_files.callbacks import ExportRanking, Form, MakeRankingFile
from bot.features.votes.ranking_files.exporting import ranking_files
from bot.features.votes.ranking_files.queries import find_material
from bot.features.votes.vote_queries import Vote, find_vote
from bot.telegram.act import Act
from bot.telegram.album import send_album
from bot.telegram.files import send_files
from bot.telegram.progress import Progress
from bot.telegram.screen import acknowledge, show

router = Router(name="ranking")

# A guess for the bar: half of a big vote is made after so many seconds.
_SECONDS = 8.0


@router.callback_query(ExportRanking.filter())
async def export_ranking(
    tap: CallbackQuery, callback_data: ExportRanking, database: Database, resident: Resident, now: datetime
) -> None:
    vote = await _vote(database, resident, callback_data.round_id, now)
    await show(tap, screens.choices(vote, is_facilitator=_is_facilitator(resident, vote)))


@router.callback_query(MakeRankingFile.filter())
async def make_ranking_file(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: MakeRankingFile,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    vote = await _vote(database, resident, callback_data.round_id, act.now)
    async with act() as db:
        await save_journal(
            db,
            "ranking.exported",
            by=resident.id,
            of=Subject(vote.municipality_id, vote.round_id),
            form=callback_data.form,
        )
    await acknowledge(tap)
    files = await _made(tap, database, vote, callback_data.form, resident.language, act.now)
    if callback_data.form is Form.PICTURES:
        await send_album(bot, tap.from_user.id, list(files.values()), texts.caption(vote))
    else:
        await send_files(bot, tap.from_user.id, files, texts.caption(vote))
    is_facilitator = _is_facilitator(resident, vote)
    await show(tap, screens.choices(vote, is_facilitator=is_facilitator, came_out_empty=not files))


async def _vote(database: Database, resident: Resident, round_id: int, now: datetime) -> Vote:
    """Of a municipality that this person facilitates, or whose votes they watch.

    Nobody sees the count of a deciding vote while paper may still be added to it: whoever knew it could be
    tempted to add what is missing.
    """
    async with database.read() as db:
        found = await find_vote(db, round_id, resident.language)
    vote = allowed(resident, found, Role.FACILITATOR, Role.MONITOR)
    if not vote.is_closed(now):
        raise VoteStillOpen(vote.closes_at)
    if not vote.is_final:
        raise NotCountedYet
    return vote


def _is_facilitator(resident: Resident, vote: Vote) -> bool:
    return vote.municipality_id in resident.municipalities_as(Role.FACILITATOR)


async def _made(
    tap: CallbackQuery, database: Database, vote: Vote, form: Form, language: str, now: datetime
) -> Files:
    """The files; meanwhile a bar creeps on in the chat."""
    async with Progress(tap, partial(screens.being_made, vote)).creeping(_SECONDS):
        async with database.read() as db:
            material = await find_material(db, vote.round_id, language)
        if material is None:
            raise Gone
        return await ranking_files(material, form, language, now)
