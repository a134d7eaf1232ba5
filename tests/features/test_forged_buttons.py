"""Anyone can forge callback data: every button of the desk asks for the role anew, wherever it came from."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.db.models import Delivery, GrantRow, JournalEntry, Pick, Problem, Round
from bot.domain.problem import DeclineReason
from bot.features.moderation import callbacks as moderation
from bot.features.papers import callbacks as papers
from bot.features.ranking import callbacks as ranking
from bot.features.voting import callbacks as voting
from tests.features.town import listed, report, vote_on
from tests.house.test_wire_format import callback_classes
from tests.stage import Stage, Visitor

JAZY = 9
DAY = int(f"{datetime.now(UTC) + timedelta(days=3):%Y%m%d}")
WAITING = 3


def of_the_desk(round_id: int) -> list[CallbackData]:
    """One button of every class that only a facilitator of the municipality may press."""
    return [
        moderation.OpenDesk(),
        moderation.OpenDeskOf(municipality_id=JAZY),
        moderation.ShowNextReport(municipality_id=JAZY, after=0),
        moderation.PublishProblem(problem_id=WAITING),
        moderation.AskReason(problem_id=WAITING),
        moderation.DeclineProblem(problem_id=WAITING, reason=DeclineReason.UNCLEAR),
        moderation.AskOwnReason(problem_id=WAITING),
        moderation.ShowReport(problem_id=WAITING),
        moderation.ShowReportMedia(problem_id=WAITING),
        voting.PlanVote(municipality_id=JAZY),
        voting.SetClosingDay(municipality_id=JAZY, day=DAY),
        voting.OpenVote(municipality_id=JAZY, day=DAY),
        voting.ShowTurnout(round_id=round_id),
        voting.AskToClose(round_id=round_id),
        voting.CloseVote(round_id=round_id),
        ranking.ExportRanking(round_id=round_id),
        papers.OpenPapers(municipality_id=JAZY),
        papers.ListPosterVillages(municipality_id=JAZY, page=0),
        papers.PrintPoster(municipality_id=JAZY, village_id=0),
        papers.ExportProblems(municipality_id=JAZY),
    ]


FOR_EVERYBODY = {voting.OpenBallot, voting.TurnBallot, voting.CastVote, voting.FinishBallot}


def test_no_class_of_the_desk_is_forgotten() -> None:
    rooms = ("moderation", "voting", "ranking", "papers")
    known = {
        each
        for each in callback_classes()
        if each.__module__.split(".")[2] in rooms and each not in FOR_EVERYBODY
    }
    assert {type(each) for each in of_the_desk(1)} == known


async def plain_resident(stage: Stage) -> Visitor:
    return await stage.resident()


async def facilitator_elsewhere(stage: Stage) -> Visitor:
    return await stage.facilitator("shark")


async def withdrawn_facilitator(stage: Stage) -> Visitor:
    former = await stage.facilitator()
    async with stage.database.act() as db:
        newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
        await db.execute(update(GrantRow).where(GrantRow.id == newest).values(withdrawn_at=datetime.now(UTC)))
    return former


async def everything(stage: Stage) -> list[object]:
    """All rows that a facilitator could change."""
    found: list[object] = []
    async with stage.database.read() as db:
        for table in (Problem, Round, Pick, Delivery, JournalEntry):
            found += (await db.execute(select(table.__table__).order_by(*table.__table__.primary_key))).all()
    return found


@pytest.mark.parametrize("forger", [plain_resident, facilitator_elsewhere, withdrawn_facilitator])
async def test_a_forged_press_is_refused_and_changes_nothing(
    stage: Stage, forger: Callable[[Stage], Awaitable[Visitor]]
) -> None:
    resident, _facilitator = await vote_on(stage, 2)
    await report(resident, "Купуя: али каралбаган көйгөй")
    round_id, _problems = await listed(stage)
    person = await forger(stage)
    before = await everything(stage)
    seen = len(person.messages)

    for each in of_the_desk(round_id):
        if isinstance(each, moderation.OpenDesk) and forger is facilitator_elsewhere:
            continue
        await person.press(each)
        assert person.alert, each
        assert "Купуя" not in person.text

    assert await everything(stage) == before
    assert len(person.messages) == seen


async def test_a_forged_press_is_logged_without_the_person(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    await vote_on(stage, 2)
    person = await stage.resident()
    capsys.readouterr()

    await person.press(voting.CloseVote(round_id=1))

    logged = capsys.readouterr()
    assert "vclose:1" in logged.out + logged.err
    assert str(person.id) not in logged.out + logged.err


async def test_a_strangers_press_leads_to_the_first_visit(stage: Stage) -> None:
    await vote_on(stage, 2)
    stranger = stage.visitor()
    await stranger.start()

    for data in ("desk", "vote:1", "cast:1:1:0:1", "pub:1", "prob:1:0:0:0", "send:1"):
        await stranger.press(data)
        assert "lang:ky" in stranger.data


async def test_unknown_and_broken_data_shows_what_there_is_now(stage: Stage) -> None:
    resident = await stage.resident()

    for data in ("nothing", "cast:x:y", "prob:1", "cast:1:1:0:1:9", "🙂", "pub:99999999999999999999"):
        await resident.press(data)
        assert resident.alert
        assert "rep" in resident.data
