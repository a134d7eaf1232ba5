"""Before a report is sent: is it one of these? And saying "mine too" to a problem that is there already."""

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from bot.db.likeness_queries import Looked, Similar, list_similar
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.problem import Step
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.problems import draft_queries as drafts
from bot.features.problems import queries, similar_screens, support_queries
from bot.features.problems.callbacks import (
    ListSimilar,
    ListSupported,
    SeeSimilar,
    SetSupport,
    SupportInstead,
)
from bot.features.problems.draft_queries import DraftReport
from bot.features.problems.steps import draft_of, show_question
from bot.features.problems.support_queries import required
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.screen import Event, show

router = Router(name="similar problems")
MOST_SIMILAR = 5


async def show_similar_or_question(
    event: Event, database: Database, resident: Resident, *, note: Markup | None = None
) -> None:
    """After the first question: the problems that look like it, where there are any; else the next one."""
    async with database.read() as db:
        draft = await draft_of(db, resident, lock=False)
    if draft.step is Step.VILLAGE and draft.text and (near := await _near(database, draft, resident)):
        await show(event, similar_screens.similar(draft, near))
    else:
        await show_question(event, database, resident, note=note)


async def _near(database: Database, draft: DraftReport, resident: Resident) -> list[Similar]:
    village = draft.village.id if draft.village else resident.village_id
    looked_for = Looked(draft.text or "", village, draft.topic.id if draft.topic else None)
    return await list_similar(
        database, draft.municipality_id, looked_for, most=MOST_SIMILAR, language=current_language()
    )


@router.callback_query(ListSimilar.filter())
async def list_similar_again(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    await show_similar_or_question(tap, database, resident)


@router.callback_query(SeeSimilar.filter())
async def see_similar(
    tap: CallbackQuery, callback_data: SeeSimilar, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        draft = await draft_of(db, resident, lock=False)
        found = await support_queries.find_to_support(db, draft.municipality_id, callback_data.problem_id)
        problem = required(found)
        support = await support_queries.find_support(db, resident.id, problem.id)
    # What is not published is read by those alone who wrote something like it.
    if not problem.is_public and problem.id not in {
        each.id for each in await _near(database, draft, resident)
    }:
        raise Gone
    await show(tap, similar_screens.one_of_these(draft, problem, support))


@router.callback_query(SupportInstead.filter())
async def support_instead(
    tap: CallbackQuery, callback_data: SupportInstead, act: Act, resident: Resident
) -> None:
    """Stand behind it with the words begun; the draft ends. Pressing again shows the same."""
    async with act() as db:
        problem = required(
            await support_queries.find_to_support(
                db, resident.municipality_id or 0, callback_data.problem_id, lock=True
            )
        )
        draft = await drafts.find_draft(db, resident.id, lock=True)
        if draft is not None and draft.id == callback_data.draft_id:
            await support_queries.save_support(db, resident.id, problem.id, draft.text)
            await drafts.save_dropped(db, resident.id, draft.id)
            await save_awaiting(db, resident.id, None)
        elif not await support_queries.find_support(db, resident.id, problem.id):
            raise Gone
    await show(tap, similar_screens.supported(problem))


@router.callback_query(SetSupport.filter())
async def set_support(tap: CallbackQuery, callback_data: SetSupport, act: Act, resident: Resident) -> None:
    """From the card of a public problem; it can be taken back."""
    async with act() as db:
        problem = required(
            await support_queries.find_to_support(
                db, resident.municipality_id or 0, callback_data.problem_id, lock=True
            )
        )
        if not problem.is_public:
            raise Gone
        if callback_data.on:
            await support_queries.save_support(db, resident.id, problem.id)
        else:
            await support_queries.save_no_support(db, resident.id, problem.id)
    screen = similar_screens.supported(problem) if callback_data.on else similar_screens.taken_back(problem)
    await show(tap, screen)


@router.callback_query(ListSupported.filter())
async def list_supported(
    tap: CallbackQuery, callback_data: ListSupported, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        found = await queries.list_supported(
            db, support_queries.supported_by(resident.id), callback_data.page, language=resident.language
        )
    await show(tap, similar_screens.supported_list(found))
