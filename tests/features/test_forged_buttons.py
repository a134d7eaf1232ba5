"""Anyone can forge callback data: every button of the desk asks for the role anew, wherever it came from."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.db.models import Delivery, GrantRow, Inquiry, JournalEntry, Pick, Problem, Round
from bot.domain.desk import Line
from bot.domain.problem import DeclineReason
from bot.features.inquiries import callbacks as inquiries
from bot.features.moderation import callbacks as moderation
from bot.features.ranking import callbacks as ranking
from bot.features.voting import callbacks as voting
from bot.features.wording import callbacks as wording
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
        moderation.ShowDeskProblem(problem_id=WAITING),
        moderation.TakeProblem(problem_id=WAITING),
        moderation.NarrowQueue(municipality_id=JAZY, village_id=0, topic_id=0),
        moderation.ListWaitingVillages(municipality_id=JAZY, page=0),
        moderation.ListWaitingTopics(municipality_id=JAZY, page=0),
        moderation.ListDeskProblems(municipality_id=JAZY, page=0),
        moderation.FindDeskProblem(municipality_id=JAZY),
        moderation.ShowMore(problem_id=WAITING),
        wording.EditProblem(problem_id=WAITING),
        wording.WriteLine(problem_id=WAITING, line=Line.CAUSES),
        wording.SetWordingLanguage(problem_id=WAITING, language="ky"),
        wording.ChangeVillage(problem_id=WAITING, page=0),
        wording.SetProblemVillage(problem_id=WAITING, village_id=48),
        wording.ChangeTopic(problem_id=WAITING, page=0),
        wording.SetProblemTopic(problem_id=WAITING, topic_id=4),
        wording.SetCompetence(problem_id=WAITING, outside=True),
        wording.ShowOriginal(problem_id=WAITING),
        inquiries.AskAuthor(problem_id=WAITING),
        inquiries.TakeBackInquiry(inquiry_id=1),
        inquiries.ShowAnswerMedia(problem_id=WAITING),
        voting.PlanVote(municipality_id=JAZY),
        voting.SetClosingDay(municipality_id=JAZY, day=DAY),
        voting.OpenVote(municipality_id=JAZY, day=DAY),
        voting.ShowTurnout(round_id=round_id),
        voting.AskToClose(round_id=round_id),
        voting.CloseVote(round_id=round_id),
        ranking.ExportRanking(round_id=round_id),
    ]


FOR_EVERYBODY = {
    voting.OpenBallot,
    voting.TurnBallot,
    voting.CastVote,
    voting.FinishBallot,
    inquiries.AnswerInquiry,
}


def test_no_class_of_the_desk_is_forgotten() -> None:
    rooms = ("moderation", "inquiries", "wording", "voting", "ranking")
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
        for table in (Inquiry, Problem, Round, Pick, Delivery, JournalEntry):
            found += (await db.execute(select(table.__table__).order_by(*table.__table__.primary_key))).all()
    return found


@pytest.mark.parametrize("forger", [plain_resident, facilitator_elsewhere, withdrawn_facilitator])
async def test_a_forged_press_is_refused_and_changes_nothing(
    stage: Stage, forger: Callable[[Stage], Awaitable[Visitor]]
) -> None:
    resident, facilitator = await vote_on(stage, 2)
    await report(resident, "Купуя: али каралбаган көйгөй")
    await facilitator.press(inquiries.AskAuthor(problem_id=WAITING))
    await facilitator.send("Бул кайсы айылда болду?")
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
