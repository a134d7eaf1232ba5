"""Handing a ranking over to its facilitator, once the vote is closed."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.db.queries import save_journal
from bot.db.session import Database
from bot.domain.refusals import Gone, VoteStillOpen
from bot.domain.roles import Resident, Role
from bot.features.ranking import texts
from bot.features.ranking.callbacks import ExportRanking
from bot.features.ranking.exporting import ranking_files
from bot.features.ranking.queries import find_tally
from bot.telegram.act import Act
from bot.telegram.screen import acknowledge

router = Router(name="ranking")


@router.callback_query(ExportRanking.filter())
async def export_ranking(
    tap: CallbackQuery, callback_data: ExportRanking, act: Act, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        tally = await find_tally(db, callback_data.round_id, resident.language)
    if tally is None or tap.bot is None:
        raise Gone
    resident.require(Role.FACILITATOR, tally.municipality_id)
    if not tally.is_closed(datetime.now(UTC)):
        raise VoteStillOpen(tally.closes_at)
    async with act() as db:
        await save_journal(
            db,
            "ranking.exported",
            actor_id=resident.id,
            municipality_id=tally.municipality_id,
            subject_id=tally.round_id,
        )
    await acknowledge(tap)
    await tap.bot.send_chat_action(tap.from_user.id, ChatAction.UPLOAD_DOCUMENT)
    for name, content in (await ranking_files(tally)).items():
        await tap.bot.send_document(
            tap.from_user.id, BufferedInputFile(content, name), caption=texts.caption(tally), parse_mode=None
        )
