"""/office: what an officer has to do, and each hearing with all its buttons."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.db.queries import Subject, list_names, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.hearing import HearingStatus
from bot.domain.refusals import Gone, NotAllowed
from bot.domain.roles import Resident, Role
from bot.features.hearings.hearing_queries import find_hearing
from bot.features.hearings.officer_home import queries, screens, texts
from bot.features.hearings.officer_home.callbacks import (
    AskRule,
    ListPastHearings,
    OpenOffice,
    OpenOfficeHearing,
    OpenOfficeOf,
    OpenRules,
    SetRule,
)
from bot.telegram.act import Act
from bot.telegram.screen import Event, Screen, show

router = Router(name="office")


@router.message(Command("office"))
@router.callback_query(OpenOffice.filter())
async def open_office(event: Event, act: Act, database: Database, resident: Resident) -> None:
    held = resident.municipalities_as(Role.OFFICER)
    if not held:
        raise NotAllowed((Role.OFFICER,))
    if resident.awaiting:
        # Coming back to the office ends a question; its draft stays.
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    if len(held) == 1:
        await show(event, await _office(database, held[0], act.now))
        return
    async with database.read() as db:
        names = await list_names(db, held)
    await show(event, screens.which_office(names))


@router.callback_query(OpenOfficeOf.filter())
async def open_office_of(
    tap: CallbackQuery, callback_data: OpenOfficeOf, database: Database, resident: Resident, now: datetime
) -> None:
    resident.require(Role.OFFICER, callback_data.municipality_id)
    await show(tap, await _office(database, callback_data.municipality_id, now))


async def _office(database: Database, municipality_id: int, now: datetime) -> Screen:
    async with database.read() as db:
        found = await queries.find_office(db, municipality_id, now)
    if found is None:
        raise Gone
    return screens.office(found)


@router.callback_query(ListPastHearings.filter())
async def list_past_hearings(
    tap: CallbackQuery, callback_data: ListPastHearings, database: Database, resident: Resident, now: datetime
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.OFFICER, municipality_id)
    async with database.read() as db:
        hearings, page = await queries.list_past(db, municipality_id, now, callback_data.page)
    await show(tap, screens.past(municipality_id, hearings, page))


@router.callback_query(OpenOfficeHearing.filter())
async def open_office_hearing(
    tap: CallbackQuery,
    callback_data: OpenOfficeHearing,
    database: Database,
    resident: Resident,
    now: datetime,
) -> None:
    async with database.read() as db:
        hearing = await find_hearing(db, callback_data.hearing_id)
        if hearing is None or hearing.status is HearingStatus.DRAFT:
            raise Gone
        resident.require(Role.OFFICER, hearing.municipality_id)
        numbers = await queries.find_numbers(db, hearing.id)
    await show(tap, screens.hearing(hearing, numbers, now))


@router.callback_query(OpenRules.filter())
async def open_rules(
    tap: CallbackQuery, callback_data: OpenRules, database: Database, resident: Resident
) -> None:
    resident.require(Role.OFFICER, callback_data.municipality_id)
    async with database.read() as db:
        now = await queries.find_rules(db, callback_data.municipality_id)
    await show(tap, screens.rules(now))


@router.callback_query(AskRule.filter())
async def ask_rule(tap: CallbackQuery, callback_data: AskRule, resident: Resident) -> None:
    resident.require(Role.OFFICER, callback_data.municipality_id)
    await show(tap, screens.rule(callback_data.municipality_id, callback_data.rule))


@router.callback_query(SetRule.filter())
async def set_rule(tap: CallbackQuery, callback_data: SetRule, act: Act, resident: Resident) -> None:
    municipality_id, rule = callback_data.municipality_id, callback_data.rule
    resident.require(Role.OFFICER, municipality_id)
    if callback_data.value not in screens.VALUES[rule]:
        raise Gone
    async with act() as db:
        before = await queries.find_rules(db, municipality_id)
        await queries.save_rule(db, municipality_id, rule, callback_data.value)
        now = await queries.find_rules(db, municipality_id)
        if now != before:
            await save_journal(
                db,
                "rule.changed",
                by=resident.id,
                of=Subject(municipality_id),
                rule=rule,
                value=callback_data.value,
            )
    await show(tap, screens.rules(now), toast=texts.rule_saved())
