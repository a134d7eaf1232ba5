"""A question that nobody can answer any more ends by itself; what was typed is free text like any other."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from enum import Enum

import pytest
from sqlalchemy import delete, select, update

from bot.app import PROMPTS, create_dispatcher
from bot.db.models import Draft, GrantRow, Hearing, Problem, ResidentRow, Round
from bot.domain.hearing import Decision, HearingStatus
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import AlreadyDecided, Gone, NotAllowed
from bot.features.hearings.announcing import texts as announcing
from bot.features.hearings.questions import texts as questions
from bot.features.hearings.questions.states import read_decision
from bot.features.plan.reading import texts as plan
from bot.features.problems.desk import texts as moderation
from bot.features.problems.editing import texts as wordings
from bot.features.problems.outcomes import texts as outcomes
from bot.features.problems.reporting import texts as problems
from bot.features.votes.paper_votes import texts as gatherings
from bot.features.votes.rounds import texts as round_texts
from bot.telegram import texts as common
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import prompt_of
from tests.features.hearings.questions.hearing import announced, begun
from tests.features.people import NEED, answers, read_queue, report
from tests.features.plan.drafting.plans import drafted
from tests.features.records import change, municipality_id, publish, publish_many, resident_of, rows
from tests.features.votes.paper_votes.sheets import vote_on_paper
from tests.features.wording import worded
from tests.stage import Stage, Visitor

FREE = "В нашем селе третий день нет воды"
# What is awaited for good, whatever others do: words to search for.
ENDLESS = "problems:search"
# What may follow the beginning of a question's name where no enumeration says so.
PARTS: dict[object, Iterable[object]] = {int: [3], read_decision: ["", *Decision]}


def waits() -> list[str]:
    """Everything that a handler awaits from a person."""
    handlers = [each for router in create_dispatcher().chain_tail for each in router.message.handlers]
    filters = [each.callback for handler in handlers for each in handler.filters or ()]
    found = {name for each in filters if isinstance(each, Awaits) for name in names(each)}
    return sorted(found - {ENDLESS})


def names(awaits: Awaits) -> list[str]:
    """The names of the questions that may be meant."""
    if awaits.then is None:
        return [awaits.awaited]
    if isinstance(awaits.then, type) and issubclass(awaits.then, Enum):
        return [f"{awaits.awaited}{part}" for part in awaits.then]
    return [f"{awaits.awaited}{part}" for part in PARTS[awaits.then]]


async def staff(stage: Stage) -> Visitor:
    """Somebody who holds every role, so that only what is gone stands in the way."""
    person, other = await stage.facilitator(), await stage.officer()
    grants = update(GrantRow).where(GrantRow.resident_id == (await resident_of(stage, other)).id)
    await change(stage, grants.values(resident_id=(await resident_of(stage, person)).id))
    return person


async def await_from(stage: Stage, person: Visitor, awaiting: str, about: int) -> None:
    values = {"awaiting": awaiting, "awaiting_id": about}
    await change(stage, update(ResidentRow).where(ResidentRow.telegram_id == person.id).values(**values))


def test_everything_that_is_awaited_can_be_asked_again() -> None:
    assert [each for each in waits() if prompt_of(PROMPTS, each) is None] == []
    assert len(waits()) > 50


async def test_whatever_is_awaited_about_what_is_gone_ends_with_one_word_and_the_offer(stage: Stage) -> None:
    person = await staff(stage)
    refusals = {worded("ru", common.gone, Gone()), worded("ru", common.not_allowed, NotAllowed())}
    for awaiting in waits():
        await await_from(stage, person, awaiting, 999_999)
        await person.send(FREE)
        said = answers(person)
        assert len(said) == 2, (awaiting, said)
        assert said[0] in refusals, (awaiting, said)
        assert said[1] == worded("ru", problems.offer, FREE), (awaiting, said)
        assert (await resident_of(stage, person)).awaiting is None, awaiting
        await person.tap("nooffer:")
        await person.send(FREE)
        assert answers(person) == [worded("ru", problems.offer, FREE)], awaiting
        await person.tap("nooffer:")


async def test_a_photo_or_a_file_for_a_question_that_is_gone_is_told_once_and_offered_to_nobody(
    stage: Stage,
) -> None:
    person = await staff(stage)
    for awaiting in ("plan:scan", "plan:file", "gathering-file", "population-file", "record:minutes"):
        for is_photo in (False, True):
            await await_from(stage, person, awaiting, 999_999)
            if is_photo:
                stage.world.send_photo(person.id, b"picture")
            else:
                stage.world.send_document(person.id, "plan.pdf", b"%PDF", "application/pdf")
            await stage.handle_all()
            assert len(answers(person)) == 1, (awaiting, answers(person))
            assert (await resident_of(stage, person)).awaiting is None, awaiting
    assert await rows(stage, select(Draft.id)) == []


async def sheet_of_a_published_vote(stage: Stage) -> tuple[Visitor, str]:
    facilitator, round_id = await vote_on_paper(stage)
    await facilitator.press(f"gathnew:{round_id}")
    for answer in ("gathset:", "gathset:", "gathset:", "gathset:", "gathset:"):
        await facilitator.tap(answer)
    assert (await resident_of(stage, facilitator)).awaiting == "gathering:num"
    now = datetime.now(UTC)
    await change(stage, update(Round).values(closed_at=now, counted_at=now))
    return facilitator, worded("ru", gatherings.count_published, None)


async def resolution_of_a_dropped_draft(stage: Stage) -> tuple[Visitor, str]:
    officer, colleague = await stage.officer(), await stage.officer()
    version_id = await drafted(stage, officer)
    await officer.press(f"pladopt:{version_id}")
    await colleague.press(f"pldrop:{version_id}")
    return officer, worded("ru", common.gone, None)


async def reason_of_a_hearing_that_was_called_off(stage: Stage) -> tuple[Visitor, str]:
    hearing_id = await announced(stage)
    officer, colleague = await stage.officer(), await stage.officer()
    for each in (officer, colleague):
        await each.press(f"hcanq:{hearing_id}")
    await colleague.tap("hcannr:")
    await colleague.tap("hcan:")
    return officer, worded("ru", announcing.is_over, None)


async def reason_for_what_a_colleague_published(stage: Stage) -> tuple[Visitor, str]:
    author, first, second = await stage.resident(), await stage.facilitator(), await stage.facilitator()
    await report(author)
    await read_queue(first)
    await first.tap("decl:")
    await first.tap("declo:")
    [problem] = await rows(stage, select(Problem.id))
    await change(stage, update(Problem).values(held_by=None, held_until=None))
    await second.press(f"pub:{problem.id}")
    return first, worded("ru", moderation.already_decided, AlreadyDecided("published"))


async def an_inquiry_that_was_taken_back(stage: Stage) -> tuple[Visitor, str]:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author)
    await read_queue(facilitator)
    await facilitator.tap("iask:")
    await facilitator.send("На какой улице?")
    await stage.deliver()
    await author.tap("ians:")
    [problem] = await rows(stage, select(Problem.id))
    await facilitator.press(f"iask:{problem.id}")
    await facilitator.tap("iback:")
    return author, worded("ru", common.gone, None)


async def number_after_the_role_was_taken_away(stage: Stage) -> tuple[Visitor, str]:
    [problem, _other] = await publish(stage, NEED, FREE)
    facilitator = await stage.facilitator()
    await facilitator.press(f"mtype:{problem}")
    await change(stage, update(GrantRow).values(withdrawn_at=datetime.now(UTC)))
    return facilitator, worded("ru", common.role_taken_away, None)


async def opinion_on_a_draft_that_is_hidden_again(stage: Stage) -> tuple[Visitor, str]:
    resident, officer = await stage.resident(), await stage.officer()
    version_id = await drafted(stage, officer)
    await officer.press(f"plshow:{version_id}:1")
    await resident.press("plcom:1")
    await officer.press(f"plshow:{version_id}:0")
    return resident, worded("ru", plan.not_shown, None)


async def wording_that_a_vote_has_frozen(stage: Stage) -> tuple[Visitor, str]:
    problem, *_others = await publish_many(stage, 3)
    facilitator, colleague = await stage.facilitator(), await stage.facilitator()
    await facilitator.press(f"pline:{problem}:wording")
    await colleague.send("/desk")
    for data in ("vplan:", "vday:", "vopen:"):
        await colleague.tap(data)
    return facilitator, worded("ru", wordings.frozen, None)


async def closing_day_of_a_vote_that_is_on(stage: Stage) -> tuple[Visitor, str]:
    await publish_many(stage, 3)
    facilitator, colleague = await stage.facilitator(), await stage.facilitator()
    await facilitator.press(f"vplan:{await municipality_id(stage, 'jazy')}")
    await colleague.send("/desk")
    for data in ("vplan:", "vday:", "vopen:"):
        await colleague.tap(data)
    return facilitator, worded("ru", round_texts.vote_already_open, None)


async def outcome_that_cannot_follow_any_more(stage: Stage) -> tuple[Visitor, str]:
    [problem] = await publish(stage, NEED)
    facilitator = await stage.facilitator()
    await facilitator.press(f"oset:{problem}:planned")
    await change(stage, update(Problem).values(status=ProblemStatus.DONE))
    return facilitator, worded("ru", outcomes.cannot_become, None)


async def numbers_of_a_hearing_that_was_called_off(stage: Stage) -> tuple[Visitor, str]:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    await officer.press(f"hrecw:{hearing_id}")
    await change(stage, update(Hearing).values(status=HearingStatus.CANCELLED))
    return officer, worded("ru", questions.called_off, None)


async def report_that_was_dropped_elsewhere(stage: Stage) -> tuple[Visitor, str]:
    resident = await stage.resident()
    await resident.send("/report")
    await change(stage, delete(Draft))
    return resident, worded("ru", common.gone, None)


@pytest.mark.parametrize(
    "happens",
    [
        sheet_of_a_published_vote,
        resolution_of_a_dropped_draft,
        reason_of_a_hearing_that_was_called_off,
        reason_for_what_a_colleague_published,
        an_inquiry_that_was_taken_back,
        number_after_the_role_was_taken_away,
        opinion_on_a_draft_that_is_hidden_again,
        wording_that_a_vote_has_frozen,
        closing_day_of_a_vote_that_is_on,
        outcome_that_cannot_follow_any_more,
        numbers_of_a_hearing_that_was_called_off,
        report_that_was_dropped_elsewhere,
    ],
    ids=lambda each: each.__name__,
)
async def test_an_answer_that_came_too_late_is_told_once_and_offered_as_a_problem(
    stage: Stage, happens: Callable[[Stage], Awaitable[tuple[Visitor, str]]]
) -> None:
    person, refusal = await happens(stage)
    await person.send(FREE)
    assert answers(person) == [refusal, worded("ru", problems.offer, FREE)]
    await person.send("И света")
    assert answers(person) == [worded("ru", problems.offer, f"{FREE} И света")]


async def test_a_wrong_answer_leaves_the_question_open(stage: Stage) -> None:
    hearing_id = await begun(stage)
    officer = await stage.officer()
    await officer.press(f"hrecw:{hearing_id}")
    await officer.send("много")
    assert len(answers(officer)) == 1
    await officer.send("12")
    assert (await resident_of(stage, officer)).awaiting == "record:men"


async def test_a_command_that_is_not_allowed_ends_no_question(stage: Stage) -> None:
    resident = await stage.resident()
    await resident.send("/report")
    await change(stage, delete(Draft))
    await resident.send("/desk")
    assert (await resident_of(stage, resident)).awaiting == "problems:report"


async def test_a_voice_message_that_came_too_late_is_offered_as_a_problem(stage: Stage) -> None:
    author, refusal = await an_inquiry_that_was_taken_back(stage)
    stage.world.send_voice(author.id, b"voice")
    await stage.handle_all()
    assert answers(author) == [refusal, worded("ru", problems.offer_media)]
