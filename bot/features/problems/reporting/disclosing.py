"""What of a report becomes public, as its author decides on the preview: voice, photos, personal data."""

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.session import Database
from bot.domain.personal import without_personal_data
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.domain.visible import count_letters_and_figures
from bot.features.problems.reporting import draft_queries as queries
from bot.features.problems.reporting.callbacks import (
    DropAttachment,
    DropPersonal,
    KeepPersonal,
    SetVoicePublic,
)
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.features.problems.reporting.steps import draft_of, show_question
from bot.telegram.act import Act

router = Router(name="disclosing")
# Fewer letters than this, and nothing was said of whom the problem touches.
_FEWEST_LETTERS = 2


async def _own(db: AsyncConnection, resident: Resident, draft_id: int) -> DraftReport:
    """The very draft that the button was drawn for."""
    draft = await draft_of(db, resident)
    if draft.id != draft_id:
        raise Gone
    return draft


@router.callback_query(SetVoicePublic.filter())
async def set_voice_public(
    tap: CallbackQuery, callback_data: SetVoicePublic, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await _own(db, resident, callback_data.draft_id)
        await queries.save_voice_public(db, draft.id, is_public=callback_data.on)
    await show_question(tap, database, resident)


@router.callback_query(DropAttachment.filter())
async def drop_attachment(
    tap: CallbackQuery, callback_data: DropAttachment, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await _own(db, resident, callback_data.draft_id)
        await queries.save_without_attachment(db, draft.id, callback_data.source)
    await show_question(tap, database, resident)


@router.callback_query(DropPersonal.filter())
async def drop_personal(
    tap: CallbackQuery, callback_data: DropPersonal, act: Act, database: Database, resident: Resident
) -> None:
    """A text that was hardly anything else is refused as too short, and stays until it is written anew."""
    async with act() as db:
        draft = await _own(db, resident, callback_data.draft_id)
        await queries.save_draft(
            db, draft.id, act.now, text=_clean_text(draft.text), who=_clean_who(draft.who)
        )
    await show_question(tap, database, resident)


def _clean_text(text: str | None) -> str | None:
    return checked_text(without_personal_data(text)) if text else text


def _clean_who(who: str | None) -> str | None:
    """None where nothing else was said."""
    clean = without_personal_data(who) if who else ""
    return clean if count_letters_and_figures(clean) >= _FEWEST_LETTERS else None


@router.callback_query(KeepPersonal.filter())
async def keep_personal(
    tap: CallbackQuery, callback_data: KeepPersonal, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await _own(db, resident, callback_data.draft_id)
        await queries.save_draft(db, draft.id, act.now, keeps_personal=True)
    await show_question(tap, database, resident)
