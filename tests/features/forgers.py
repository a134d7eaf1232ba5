"""People who press what is not theirs to press, and a municipality with something to press for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.db.models import GrantRow, Hearing, Problem, Question
from bot.domain.hearing import QuestionKind
from bot.domain.hearing_draft import Step
from bot.domain.roles import Role
from bot.features.hearings.officer_home.callbacks import OpenOffice
from bot.features.problems.author_questions.callbacks import AskAuthor
from bot.features.problems.desk.callbacks import OpenDesk
from tests.features.hearings.announcing.officers import announce, rewrite, write
from tests.features.hearings.delivery_report.broadcasts import link_group
from tests.features.hearings.questions.hearing import put
from tests.features.people import report
from tests.features.plan.drafting.plans import adopted, given_form, send_file
from tests.features.records import change, rows
from tests.features.town import listed, vote_on
from tests.features.votes.paper_votes.sheets import put_sheet
from tests.stage import Stage, Visitor

SECRET = "Купуя: али эч ким окуй элек сөз"
# The hearings of the town, in the order they were written.
ANNOUNCED, REVISION, DRAFT = 1, 2, 3


@dataclass(frozen=True)
class Town:
    """A vote, a problem that waits, a hearing with a record, a draft, a question, a group: their numbers."""

    round_id: int
    waiting: int
    question_id: int
    corrected_at: int


async def a_town(stage: Stage) -> Town:
    resident, facilitator = await vote_on(stage, 2)
    await report(resident, SECRET)
    round_id, problems = await listed(stage)
    await resident.press(f"cast:{round_id}:{problems[0]}:0:1")
    officer = await stage.officer()
    await announce(officer)
    await rewrite(officer, Step.PLACE, "Жазы, мектеп")
    await write(officer, topic=SECRET)
    assert [row.id for row in await rows(stage, select(Hearing.id).order_by(Hearing.id))] == [1, 2, 3]
    now = datetime.now(UTC)
    question_id = await put(stage, ANNOUNCED, SECRET, QuestionKind.PROPOSAL)
    await change(stage, update(Question).values(hidden_at=now, answered_at=now, corrected_at=now))
    record = {"present_women": 56, "present_men": 99, "recorded_at": now, "record_corrected_at": now}
    await change(stage, update(Hearing).where(Hearing.id == ANNOUNCED).values(**record))
    await put_sheet(stage, round_id, {}, place=SECRET)
    await adopted(stage, officer)
    await officer.press("progset:1:done")
    await send_file(stage, officer, await given_form(stage, officer))
    await link_group(stage)
    waiting = await rows(stage, select(Problem.id).where(Problem.text == SECRET))
    await facilitator.press(AskAuthor(problem_id=waiting[0].id))
    await facilitator.send("Бул кайсы айылда болду?")
    return Town(round_id, waiting[0].id, question_id, int(now.timestamp()))


@dataclass(frozen=True)
class Forger:
    """Somebody, and the role by which they may press some of it after all."""

    name: str
    person: Visitor
    role: Role | None = None
    is_of_the_town: bool = False
    # The role that they held in this town and hold no longer.
    former: Role | None = None

    def may_press(self, button: CallbackData, needed: Collection[Role]) -> bool:
        """Their own role in this municipality; and elsewhere the way to their own desk or office."""
        if self.role not in needed:
            return False
        return self.is_of_the_town or isinstance(button, OpenDesk | OpenOffice)


async def forgers(stage: Stage) -> list[Forger]:
    """Of each role: one of this town, one of another, and one whose role was withdrawn."""
    found = [Forger("a plain resident", await stage.resident())]
    ways = (
        (Role.FACILITATOR, stage.facilitator),
        (Role.OFFICER, stage.officer),
        (Role.MONITOR, stage.monitor),
    )
    for role, invite in ways:
        former = await invite()
        await withdraw_newest(stage)
        found += [
            Forger(f"a {role} of this town", await invite(), role, is_of_the_town=True),
            Forger(f"a {role} of another town", await invite("shark"), role),
            Forger(f"a former {role}", former, former=role),
        ]
    return found


async def withdraw_newest(stage: Stage) -> None:
    newest = select(GrantRow.id).order_by(GrantRow.id.desc()).limit(1).scalar_subquery()
    await change(stage, update(GrantRow).where(GrantRow.id == newest).values(withdrawn_at=datetime.now(UTC)))
