"""What voters say of themselves: asked once, before the first ballot, and to be changed in the settings."""

from enum import StrEnum
from typing import TypeVar

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.domain.voter import AgeGroup, Sex
from bot.features.votes.ballot import (
    demographics_queries,
    demographics_screens,
    queries,
    screens,
)
from bot.features.votes.ballot.callbacks import AskAboutMe, TellAge, TellSex
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="about me")
Told = TypeVar("Told", bound=StrEnum)


@router.callback_query(AskAboutMe.filter())
async def ask_about_me(tap: CallbackQuery, callback_data: AskAboutMe) -> None:
    await show(tap, demographics_screens.sex(callback_data.round_id))


@router.callback_query(TellSex.filter())
async def tell_sex(tap: CallbackQuery, callback_data: TellSex, act: Act, resident: Resident) -> None:
    sex = _told(Sex, callback_data.sex)
    async with act() as db:
        await demographics_queries.save_sex(db, resident.id, sex)
    await show(tap, demographics_screens.age(callback_data.round_id))


@router.callback_query(TellAge.filter())
async def tell_age(tap: CallbackQuery, callback_data: TellAge, act: Act, resident: Resident) -> None:
    age_group, round_id = _told(AgeGroup, callback_data.age_group), callback_data.round_id
    async with act() as db:
        await demographics_queries.save_age_group(db, resident.id, age_group, act.now)
        paper = await queries.lock_paper(db, resident, round_id, act.now) if round_id else None
    await show(tap, screens.ballot(paper, 0) if paper else demographics_screens.saved())


def _told(kind: type[Told], written: str) -> Told | None:
    """None for whoever would rather not say; a forged word is refused."""
    if not written:
        return None
    if written not in set(kind):
        raise Gone
    return kind(written)
