"""The documents: got by everybody, sent by those who publish."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import find_municipality, save_awaiting
from bot.db.session import Database
from bot.domain.plan import DocumentKind
from bot.domain.refusals import FileExpected, Gone
from bot.domain.roles import PLANNERS, Resident
from bot.domain.spreadsheet_safety import clean
from bot.domain.text import shortened
from bot.features.plan.documents import queries, screens, texts
from bot.features.plan.documents.callbacks import (
    AskDocument,
    FollowDocuments,
    OpenDocumentDesk,
    OpenDocuments,
    SendDocument,
)
from bot.features.plan.documents.states import DOCUMENT
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.files import send_stored
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, acknowledge, show

router = Router(name="documents")
LONGEST_NAME = 120


@router.callback_query(OpenDocuments.filter())
async def open_documents(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        screen = await _documents(db, resident)
    await show(tap, screen)


async def _documents(db: AsyncConnection, resident: Resident) -> Screen:
    place = await find_municipality(db, resident.municipality_id or 0)
    if place is None:
        raise Gone
    papers = await queries.list_papers(db, place.id)
    follows = await queries.is_following(db, place.id, resident.id)
    return screens.documents(place.name, papers, follows=follows)


@router.callback_query(SendDocument.filter())
async def send_document(
    tap: CallbackQuery, bot: Bot, callback_data: SendDocument, database: Database
) -> None:
    async with database.read() as db:
        paper = await queries.find_paper(db, callback_data.document_id)
    if paper is None:
        raise Gone
    await acknowledge(tap)
    caption = texts.caption(paper)
    await send_stored(bot, tap.from_user.id, paper.file_id, caption, is_photo=paper.is_photo)


@router.callback_query(FollowDocuments.filter())
async def follow_documents(
    tap: CallbackQuery, callback_data: FollowDocuments, act: Act, resident: Resident
) -> None:
    on = callback_data.on
    async with act() as db:
        await queries.save_follower(db, resident.municipality_id or 0, resident.id, on=on)
        screen = await _documents(db, resident)
    await show(tap, screen, toast=texts.follow_toast() if on else texts.unfollow_toast())


@router.callback_query(OpenDocumentDesk.filter())
async def open_document_desk(
    tap: CallbackQuery, callback_data: OpenDocumentDesk, act: Act, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require_one_of(PLANNERS, municipality_id)
    async with act() as db:
        if resident.is_asked(DOCUMENT):
            await save_awaiting(db, resident.id, None)
        place = await find_municipality(db, municipality_id)
        papers = await queries.list_papers(db, municipality_id)
    if place is None:
        raise Gone
    await show(tap, screens.desk(municipality_id, place.name, papers))


@router.callback_query(AskDocument.filter())
async def ask_document(tap: CallbackQuery, callback_data: AskDocument, act: Act, resident: Resident) -> None:
    municipality_id, kind = callback_data.municipality_id, callback_data.kind
    resident.require_one_of(PLANNERS, municipality_id)
    async with act() as db:
        await save_awaiting(db, resident.id, f"{DOCUMENT}{kind}", municipality_id)
    await show(tap, screens.ask_document(municipality_id, kind))


async def _ask_again(asking: Asking) -> Screen:
    asking.resident.require_one_of(PLANNERS, asking.about)
    return screens.ask_document(asking.about, asking.part(DOCUMENT, DocumentKind))


PROMPTS: Prompts = {DOCUMENT: _ask_again}


@router.message(Awaits(DOCUMENT, then=DocumentKind))
async def take_document(
    message: Message, about: int, part: DocumentKind, act: Act, resident: Resident
) -> None:
    if message.document:
        name, file_id, is_photo = message.document.file_name or "", message.document.file_id, False
    elif message.photo:
        name, file_id, is_photo = "", message.photo[-1].file_id, True
    else:
        raise FileExpected
    async with act() as db:
        resident.require_one_of(PLANNERS, about)
        await queries.save_paper(
            db,
            about,
            part,
            act.now,
            name=shortened(clean(name), LONGEST_NAME),
            file_id=file_id,
            is_photo=is_photo,
            by=resident.id,
        )
        await save_awaiting(db, resident.id, None)
    await show(message, screens.saved(about, part))
