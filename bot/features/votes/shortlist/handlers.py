"""From a closed screening to the deciding stage: the shortlist, the reason, the day."""

from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting
from bot.db.session import Database
from bot.domain.ballot import FEWEST_PROBLEMS, USUAL_REASON, Stage
from bot.domain.clock import BISHKEK
from bot.domain.problem import ProblemStatus, Word
from bot.domain.ranking import Ranking
from bot.domain.refusals import Gone, NothingToVoteOn, ShortlistPublished, VoteAlreadyOpen
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.problems.public import find_standing, save_outcome, save_word
from bot.features.votes.ranking_queries import compute_ranking
from bot.features.votes.rounds import (
    opening,
    queries,
)
from bot.features.votes.rounds.days import unpacked
from bot.features.votes.rounds.opening import closing_moment, typed_closing_moment
from bot.features.votes.rounds.queries import (
    NewRound,
    RoundFacts,
)
from bot.features.votes.rounds.turnout import facilitated, show_turnout_of
from bot.features.votes.shortlist import (
    queries as shortlist_queries,
    screens as shortlist_screens,
)
from bot.features.votes.shortlist.callbacks import (
    AskWhyLeftOut,
    OpenDeciding,
    OpenShortlist,
    PlanDeciding,
    SetDecidingDay,
    SetShortlisted,
    UseUsualReason,
)
from bot.features.votes.shortlist.queries import Candidate
from bot.features.votes.shortlist.states import DECIDING_DAY, LEFT_OUT
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="shortlist")
SHORTEST_REASON, LONGEST_REASON = 10, 300
# Whose outcome is another one keep it; their people hear of the shortlist all the same.
BECOMES_SHORTLISTED = frozenset({ProblemStatus.PUBLISHED, ProblemStatus.LEFT_OUT})


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What there is to choose from, the most wanted first."""

    facts: RoundFacts
    candidates: list[Candidate]
    ranking: Ranking
    reason: str | None

    @property
    def chosen(self) -> list[int]:
        return [each.id for each in self.candidates if each.is_chosen]

    @property
    def leaves_out(self) -> bool:
        return len(self.chosen) < len(self.candidates)


@router.callback_query(OpenShortlist.filter())
async def open_shortlist(
    tap: CallbackQuery,
    callback_data: OpenShortlist,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    await _begun(act, database, resident, callback_data.round_id, settings.shortlist_size)
    await _show_list(tap, database, resident, callback_data.round_id, callback_data.page, settings)


@router.callback_query(SetShortlisted.filter())
async def set_shortlisted(
    tap: CallbackQuery,
    callback_data: SetShortlisted,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    round_id, problem_id = callback_data.round_id, callback_data.problem_id
    async with act() as db:
        await _awaiting_list(db, resident, round_id)
        limit = settings.shortlist_size
        await shortlist_queries.save_shortlisted(db, round_id, problem_id, limit, on=callback_data.on)
    await _show_list(tap, database, resident, round_id, callback_data.page, settings)


@router.callback_query(AskWhyLeftOut.filter())
async def ask_why_left_out(
    tap: CallbackQuery, callback_data: AskWhyLeftOut, act: Act, database: Database, resident: Resident
) -> None:
    found = await _find(database, resident, callback_data.round_id)
    if not found.leaves_out:
        await _ask_for_day(tap, act, resident, found.facts.id)
        return
    async with act() as db:
        await save_awaiting(db, resident.id, LEFT_OUT, found.facts.id)
    await show(tap, shortlist_screens.why_left_out(found.facts.id, len(found.chosen), len(found.candidates)))


@router.callback_query(UseUsualReason.filter())
async def use_usual_reason(
    tap: CallbackQuery, callback_data: UseUsualReason, act: Act, resident: Resident
) -> None:
    await _save_reason(act, resident, callback_data.round_id, USUAL_REASON)
    await _ask_for_day(tap, act, resident, callback_data.round_id)


@router.message(Awaits(LEFT_OUT), F.text)
async def type_reason(message: Message, about: int, act: Act, resident: Resident) -> None:
    reason = checked_text(message.text or "", SHORTEST_REASON, LONGEST_REASON)
    async with act() as db:
        await _awaiting_list(db, resident, about)
        await shortlist_queries.save_reason(db, about, reason)
        await save_awaiting(db, resident.id, DECIDING_DAY, about)
    await show(message, shortlist_screens.which_day(about, act.now.astimezone(BISHKEK)))


async def _why_again(asking: Asking) -> Screen:
    found = await _find(asking.database, asking.resident, asking.about)
    return shortlist_screens.why_left_out(found.facts.id, len(found.chosen), len(found.candidates))


async def _day_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        facts = await _awaiting_list(db, asking.resident, asking.about, lock=False)
    return shortlist_screens.which_day(facts.id, asking.now.astimezone(BISHKEK))


PROMPTS: Prompts = {LEFT_OUT: _why_again, DECIDING_DAY: _day_again}


@router.callback_query(PlanDeciding.filter())
async def plan_deciding(
    tap: CallbackQuery, callback_data: PlanDeciding, act: Act, resident: Resident
) -> None:
    await _ask_for_day(tap, act, resident, callback_data.round_id)


@router.callback_query(SetDecidingDay.filter())
async def set_deciding_day(
    tap: CallbackQuery,
    callback_data: SetDecidingDay,
    database: Database,
    resident: Resident,
    settings: Settings,
    now: datetime,
) -> None:
    closes_at = closing_moment(unpacked(callback_data.day), settings.closing_hour, now)
    await _show_plan(tap, database, resident, callback_data.round_id, closes_at, settings)


@router.message(Awaits(DECIDING_DAY), F.text)
async def type_deciding_day(
    message: Message, about: int, database: Database, resident: Resident, settings: Settings, now: datetime
) -> None:
    closes_at = typed_closing_moment(message.text or "", settings.closing_hour, now)
    await _show_plan(message, database, resident, about, closes_at, settings)


@router.callback_query(OpenDeciding.filter())
async def open_deciding(
    tap: CallbackQuery,
    callback_data: OpenDeciding,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    closes_at = closing_moment(unpacked(callback_data.day), settings.closing_hour, act.now)
    async with act() as db:
        facts = await facilitated(db, resident, callback_data.round_id)
        await lock_municipality(db, facts.municipality_id)
        facts = await facilitated(db, resident, facts.id, lock=True)
        round_id = facts.next_id or await _opened(db, resident, facts, closes_at, settings, act.now)
    await show_turnout_of(tap, database, round_id, act.now)


async def _opened(
    db: AsyncConnection,
    resident: Resident,
    facts: RoundFacts,
    closes_at: datetime,
    settings: Settings,
    now: datetime,
) -> int:
    """The deciding stage's id; the people behind each of its problems are told that it is on the list."""
    if await queries.find_unclosed_round(db, facts.municipality_id):
        raise VoteAlreadyOpen
    candidates = await shortlist_queries.list_candidates(db, facts.id, resident.language)
    chosen = [each.id for each in candidates if each.is_chosen]
    reason = await shortlist_queries.find_reason(db, facts.id)
    new = NewRound(
        Stage.DECIDING,
        settings.picks,
        closes_at,
        chosen,
        facts.id,
        reason if len(chosen) < len(candidates) else None,
    )
    round_id = await opening.open_round(db, resident, facts.municipality_id, new, now)
    for problem_id in chosen:
        await _save_on_list(db, problem_id, resident.id, settings.words_back_per_day, now)
    return round_id


async def _save_on_list(
    db: AsyncConnection, problem_id: int, by: int, most_a_day: int, now: datetime
) -> None:
    standing = await find_standing(db, problem_id, lock=True)
    if standing and standing.status in BECOMES_SHORTLISTED:
        shortlisted = ProblemStatus.SHORTLISTED
        await save_outcome(db, standing, shortlisted, now, by=by, words=None, most_a_day=most_a_day)
    elif standing:
        await save_word(db, problem_id, Word.SHORTLISTED, most_a_day=most_a_day, now=now)


async def _begun(act: Act, database: Database, resident: Resident, round_id: int, size: int) -> None:
    """A list that nobody has begun begins with the most wanted problems."""
    async with database.read() as db:
        await _awaiting_list(db, resident, round_id, lock=False)
        if await shortlist_queries.find_whether_begun(db, round_id):
            return
        listed = await shortlist_queries.list_candidates(db, round_id, "")
        candidates = {each.id for each in listed if each.hidden is None}
    reckoned = await compute_ranking(database, round_id)
    if reckoned is None:
        raise Gone
    order = [each.problem_id for each in reckoned.ranking.rows if each.problem_id in candidates]
    async with act() as db:
        await _awaiting_list(db, resident, round_id)
        await shortlist_queries.save_begun(db, round_id, order[:size])


async def _awaiting_list(
    db: AsyncConnection, resident: Resident, round_id: int, *, lock: bool = True
) -> RoundFacts:
    """The closed screening whose shortlist is still to be published."""
    facts = await facilitated(db, resident, round_id, lock=lock)
    if facts.next_id is not None:
        raise ShortlistPublished
    if not facts.awaits_shortlist:
        raise Gone
    return facts


async def _find(database: Database, resident: Resident, round_id: int) -> Shortlist:
    async with database.read() as db:
        facts = await _awaiting_list(db, resident, round_id, lock=False)
        candidates = {
            each.id: each for each in await shortlist_queries.list_candidates(db, round_id, resident.language)
        }
        reason = await shortlist_queries.find_reason(db, round_id)
    reckoned = await compute_ranking(database, round_id)
    if reckoned is None:
        raise Gone
    ordered = [candidates[each.problem_id] for each in reckoned.ranking.rows if each.problem_id in candidates]
    return Shortlist(facts, ordered, reckoned.ranking, reason)


async def _show_list(
    event: Event, database: Database, resident: Resident, round_id: int, page: int, settings: Settings
) -> None:
    found = await _find(database, resident, round_id)
    await show(
        event,
        shortlist_screens.shortlist(round_id, found.candidates, found.ranking, settings.shortlist_size, page),
    )


async def _save_reason(act: Act, resident: Resident, round_id: int, reason: str) -> None:
    async with act() as db:
        await _awaiting_list(db, resident, round_id)
        await shortlist_queries.save_reason(db, round_id, reason)


async def _ask_for_day(event: Event, act: Act, resident: Resident, round_id: int) -> None:
    async with act() as db:
        await _awaiting_list(db, resident, round_id)
        await save_awaiting(db, resident.id, DECIDING_DAY, round_id)
    await show(event, shortlist_screens.which_day(round_id, act.now.astimezone(BISHKEK)))


async def _show_plan(
    event: Event,
    database: Database,
    resident: Resident,
    round_id: int,
    closes_at: datetime,
    settings: Settings,
) -> None:
    found = await _find(database, resident, round_id)
    if len(found.chosen) < FEWEST_PROBLEMS:
        raise NothingToVoteOn
    if found.leaves_out and not found.reason:
        await show(event, shortlist_screens.why_left_out(round_id, len(found.chosen), len(found.candidates)))
        return
    reason = found.reason if found.leaves_out else None
    new = NewRound(Stage.DECIDING, settings.picks, closes_at, found.chosen, round_id, reason)
    await show(event, shortlist_screens.about_to_publish(round_id, new))
