"""Being forgotten and coming back multiplies nothing, and after 30 days nothing is remembered."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from bot.db.models import BallotRow, Base, Delivery, ForgottenAct, Pick, Problem, Question, Supporter
from bot.domain.clock import utc_now
from bot.domain.forgotten import REMEMBERED
from bot.domain.number_hashes import NumberHashes
from bot.domain.problem import Word
from bot.domain.question import MOST_QUESTIONS
from bot.domain.refusals import DailyLimitReached, TooManyQuestions
from bot.features.hearings.questions import texts as question_texts
from bot.features.problems.merging.callbacks import MergeProblem, SplitProblem
from bot.features.problems.reporting import similar_texts, texts as problem_texts
from bot.features.problems.reporting.callbacks import SetSupport
from bot.features.problems.status_notice_queries import (
    WORD,
    WORDS,
    save_word,
)
from bot.features.residents.erasure import texts as forgetting_texts
from bot.features.residents.erasure.jobs import forget_memories
from bot.features.residents.first_visit import texts as start_texts
from bot.sandbox.world import TOKEN
from tests.features.hearings.questions.hearing import announced, ask
from tests.features.people import report
from tests.features.records import change, publish, resident_of, rows
from tests.features.residents.erasure.test_forgetting import leave
from tests.features.residents.erasure.traces import dump, stands_in
from tests.features.town import listed, vote_on
from tests.features.votes.rounds.stages import vote_for
from tests.features.wording import worded
from tests.stage import UNHURRIED, Stage, Visitor

LIMIT = UNHURRIED.reports_per_day
NEED = "Мост над арыком у школы сломан с весны"


async def come_back(visitor: Visitor) -> None:
    await visitor.start("m_jazy")
    for answer in ("lang:ru", "vil:", "agree"):
        await visitor.tap(answer)
    # What they are asked before a first vote.
    await visitor.press("meage:0:")


async def leave_and_come_back(visitor: Visitor) -> None:
    await leave(visitor)
    await come_back(visitor)


async def count(stage: Stage, table: type[Base]) -> int:
    return int((await rows(stage, select(func.count()).select_from(table)))[0][0])


async def support(visitor: Visitor, problem_id: int) -> None:
    await visitor.press(SetSupport(problem_id=problem_id, on=True))


async def after_a_month(stage: Stage) -> None:
    long_ago = datetime.now(UTC) - REMEMBERED - timedelta(minutes=1)
    await change(stage, update(ForgottenAct).values(at=long_ago))
    await forget_memories(stage.database, datetime.now(UTC))


async def test_one_person_supports_a_problem_once_however_often_they_come_back(stage: Stage) -> None:
    [problem] = await publish(stage, NEED)
    person, neighbour = await stage.resident(), await stage.resident()
    await support(neighbour, problem)
    await leave(neighbour)
    for _each in range(4):
        await support(person, problem)
        assert await count(stage, Supporter) == 2
        await leave_and_come_back(person)
        assert await count(stage, Supporter) == 2
    await support(person, problem)
    await support(person, problem)
    assert await count(stage, Supporter) == 2
    mine = (await resident_of(stage, person)).id
    assert await rows(stage, select(Supporter.id).where(Supporter.resident_id == mine))
    # It can be taken back, and given once more.
    await person.press(SetSupport(problem_id=problem, on=False))
    assert await count(stage, Supporter) == 1
    await support(person, problem)
    assert await count(stage, Supporter) == 2
    # Somebody else is somebody else.
    await support(await stage.resident(), problem)
    assert await count(stage, Supporter) == 3


async def test_support_of_a_problem_that_was_joined_to_another_meanwhile_counts_once_there(
    stage: Stage,
) -> None:
    into, other = await publish(stage, NEED, "Мост у школы сломался ещё весной, не пройти")
    facilitator, person = await stage.facilitator(), await stage.resident()
    await support(person, other)
    await leave_and_come_back(person)
    await facilitator.press(MergeProblem(problem_id=other, into_id=into))
    assert await supporters_of(stage, into) == await supporters_of(stage, other) == 1
    await support(person, into)
    assert await supporters_of(stage, into) == await supporters_of(stage, other) == 1
    # Parted again, they stand where they stood.
    await facilitator.press(SplitProblem(problem_id=other))
    await support(person, other)
    assert (await supporters_of(stage, into), await supporters_of(stage, other)) == (0, 1)


async def supporters_of(stage: Stage, problem_id: int) -> int:
    found = select(func.count()).where(Supporter.problem_id == problem_id)
    return int((await rows(stage, found))[0][0])


async def test_nobody_supports_their_own_problem_by_being_forgotten_first(stage: Stage) -> None:
    person, facilitator = await stage.resident(), await stage.facilitator()
    await report(person)
    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("pub:")
    [problem] = await rows(stage, select(Problem.id))
    await leave_and_come_back(person)
    await support(person, problem.id)
    assert person.alert == worded("ru", similar_texts.own_problem, None)
    assert await count(stage, Supporter) == 0
    await after_a_month(stage)
    await support(person, problem.id)
    assert await count(stage, Supporter) == 1


async def test_the_reports_of_a_day_are_as_many_as_for_everybody(stage: Stage) -> None:
    person = await stage.resident()
    over = worded("ru", problem_texts.daily_limit, DailyLimitReached(LIMIT))
    for number in range(LIMIT):
        await report(person, f"{NEED}, беда номер {number}")
        if number % 2:
            await leave_and_come_back(person)
    await person.send("/report")
    assert over in (person.text, person.alert)
    await leave_and_come_back(person)
    await person.send("/report")
    assert person.text == over
    assert await count(stage, Problem) == LIMIT
    # The next day is another day.
    await change(stage, update(ForgottenAct).values(at=datetime.now(UTC) - timedelta(days=1)))
    await report(person, NEED)
    assert await count(stage, Problem) == LIMIT + 1


async def test_the_questions_to_a_hearing_are_as_many_as_for_everybody(stage: Stage) -> None:
    person = await stage.resident()
    first, second = await announced(stage), await announced(stage)
    for number in range(MOST_QUESTIONS):
        await ask(person, first, f"Вопрос номер {number}: когда починят мост?")
        if number % 2:
            await leave_and_come_back(person)
    await leave_and_come_back(person)
    await person.press(f"qask:{first}")
    assert person.alert == worded("ru", question_texts.too_many_questions, TooManyQuestions(MOST_QUESTIONS))
    assert await count(stage, Question) == MOST_QUESTIONS
    await ask(person, second)
    assert await count(stage, Question) == MOST_QUESTIONS + 1


async def test_the_words_of_a_day_are_as_many_as_for_everybody(stage: Stage) -> None:
    person = await stage.resident()
    problems = await publish(stage, NEED, "Школа без отопления", "Нет воды на верхней улице")
    await support(person, problems[0])
    await tell(stage, problems[0])
    await leave_and_come_back(person)
    await support(person, problems[1])
    await tell(stage, problems[1])
    mine = (await resident_of(stage, person)).id
    told = await rows(stage, select(Delivery.kind).where(Delivery.resident_id == mine))
    # Of two a day the first was sent before: the next is gathered for the evening.
    assert [row.kind for row in told] == [WORDS]


async def tell(stage: Stage, problem_id: int) -> None:
    async with stage.database.act() as db:
        await save_word(db, problem_id, Word.PLANNED, most_a_day=2, now=utc_now())
    sent = update(Delivery).where(Delivery.kind == WORD)
    await change(stage, sent.values(sent_at=datetime.now(UTC)))


async def test_an_open_vote_has_one_ballot_of_them(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 2)
    for _each in range(3):
        await vote_for(voter, 0)
        assert await count(stage, BallotRow) == await count(stage, Pick) == 1
        await leave_and_come_back(voter)
        assert await count(stage, BallotRow) == await count(stage, Pick) == 0
    await vote_for(voter, 1)
    assert await count(stage, BallotRow) == 1
    assert await listed(stage)


async def test_what_is_remembered_names_nobody_and_says_of_no_row_that_it_was_theirs(stage: Stage) -> None:
    [problem] = await publish(stage, NEED)
    person = await stage.resident()
    await support(person, problem)
    await report(person, "Совсем другая беда: нет света")
    resident_id = (await resident_of(stage, person)).id
    await leave(person)
    await stage.app.inbox.strike_off()
    held = await dump(stage)
    assert not stands_in(person.id, held)
    memories = await rows(stage, select(ForgottenAct.__table__))
    assert {row.act for row in memories} == {"reports", "support", "author"}
    assert {row.number_hash for row in memories} == {stage.app.hashes.of_forgotten(person.id)}
    assert {row.resident_id for row in memories} == {None}
    tables = [table for table in Base.metadata.sorted_tables if table.name != "forgotten_acts"]
    others = [repr(tuple(row)) for table in tables for row in await rows(stage, select(table))]
    assert not [row for row in others if memories[0].number_hash in row]
    # The moment is that of being forgotten, which no other row holds.
    assert len({row.at for row in memories}) <= len(memories)
    assert not [
        row for row in await rows(stage, select(Problem.created_at)) if row.created_at == memories[0].at
    ]
    assert resident_id


async def test_after_thirty_days_nothing_is_remembered(stage: Stage) -> None:
    [problem] = await publish(stage, NEED)
    person = await stage.resident()
    await support(person, problem)
    await leave(person)
    await forget_memories(stage.database, datetime.now(UTC))
    assert await count(stage, ForgottenAct) == 1
    await after_a_month(stage)
    assert await count(stage, ForgottenAct) == 0
    await come_back(person)
    await support(person, problem)
    assert await count(stage, Supporter) == 2


async def test_it_is_said_before_anybody_agrees_and_before_anybody_is_forgotten(stage: Stage) -> None:
    for language in ("ky", "ru"):
        newcomer = stage.visitor(language)
        await newcomer.start("m_jazy")
        await newcomer.tap("lang:" + language)
        await newcomer.tap("vil:")
        assert worded(language, start_texts._remembered) in newcomer.text
        await newcomer.tap("agree")
        await newcomer.press("fgt")
        assert newcomer.text.endswith(worded(language, forgetting_texts._in_the_end))


def test_hashes_follow_from_the_key_alone_and_differ_by_purpose() -> None:
    ours, theirs = NumberHashes(TOKEN), NumberHashes("another key of this length")
    numbers = range(1000, 1100)
    made = [
        make(number)
        for hashes in (ours, theirs)
        for number in numbers
        for make in (
            hashes.of_forgotten,
            lambda each, of=hashes: of.of_voter(1, each),
            lambda each, of=hashes: of.of_voter(2, each),
        )
    ]
    assert len(set(made)) == len(made) == 600
    assert ours.of_voter(1, 1000) == NumberHashes(TOKEN).of_voter(1, 1000)
    assert {len(each) for each in made} == {32}
