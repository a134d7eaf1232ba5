"""Somebody who has left a trace in every table that can hold one, and where such traces stand."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Table, func, insert, select, update

from bot.db.models import (
    Attachment,
    Attendance,
    BallotRow,
    Base,
    Broadcast,
    Chat,
    ChatCode,
    Delivery,
    DisputeRow,
    Draft,
    ForgottenAct,
    GatheringDraft,
    GatheringRow,
    GrantRow,
    Hearing,
    Inquiry,
    Invite,
    JournalEntry,
    MarkedReport,
    MeasureCheck,
    MeasureFollower,
    MeasureLink,
    MeasureReport,
    MeasureRow,
    Muted,
    Pick,
    Plan,
    PlanComment,
    PlanDocument,
    PlanFollower,
    PlanVersion,
    Problem,
    ProblemNote,
    Question,
    QuestionDraft,
    Round,
    RoundProblem,
    SilenceRow,
    Supporter,
    TieDecision,
)
from bot.domain.problem import ProblemStatus
from bot.domain.roles import Role
from tests.features.records import change, municipality_id, publish, resident_of, rows, village_ids
from tests.stage import Stage, Visitor

NAME = "Асан Тайный"
WORDS = "Мои собственные слова"
NOW = datetime.now(UTC)
AGO = NOW - timedelta(days=9)


def keys_to_residents() -> list[tuple[Table, ForeignKey]]:
    """Every column of every table that names a resident."""
    return [
        (table, key)
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
        if key.column.table.name == "residents"
    ]


async def traces(stage: Stage, resident_id: int) -> dict[str, int]:
    """How many rows name this resident, by column."""
    counted = {}
    for table, key in keys_to_residents():
        [row] = await rows(stage, select(func.count()).where(key.parent == resident_id).select_from(table))
        counted[f"{table.name}.{key.parent.name}"] = row[0]
    return counted


async def dump(stage: Stage) -> str:
    """All that the database holds, as text."""
    found = [await rows(stage, select(table)) for table in Base.metadata.sorted_tables]
    return "\n".join(repr(tuple(row)) for each in found for row in each)


def stands_in(number: int, text: str) -> bool:
    """Whether a number stands somewhere, and not merely as a part of a longer one."""
    return re.search(rf"\b{number}\b", text) is not None


class Town:
    """A municipality in which one person has had a part in everything."""

    def __init__(self, stage: Stage, person: int, municipality: int, village: int) -> None:
        self.stage, self.person, self.municipality, self.village = stage, person, municipality, village

    async def put(self, table: type[Base], **values: Any) -> int:
        key = next(iter(Base.metadata.tables[table.__tablename__].primary_key))
        async with self.stage.database.act() as db:
            return int((await db.execute(insert(table).values(**values).returning(key))).scalar_one())

    async def problem(self, number: int, status: ProblemStatus, text: str = WORDS, **values: Any) -> int:
        common = {"municipality_id": self.municipality, "village_id": self.village, "language": "ru"}
        given = {"author_id": self.person, "created_at": NOW, "status": status, **values}
        problem_id = await self.put(Problem, number=number, text=text, folded=text.lower(), **common, **given)
        await self.put(Attachment, problem_id=problem_id, kind="voice", file_id=f"file {number}")
        return problem_id

    async def vote(self, problem_id: int, *, closed: bool) -> int:
        times = {"opened_at": AGO, "closes_at": AGO + timedelta(days=2 if closed else 20)}
        who = {"opened_by": self.person, "closed_by": self.person, "counted_by": self.person}
        round_id = await self.put(
            Round,
            municipality_id=self.municipality,
            picks=3,
            closed_at=NOW if closed else None,
            **times,
            **who,
        )
        await self.put(RoundProblem, round_id=round_id, problem_id=problem_id)
        ballot = await self.put(
            BallotRow,
            round_id=round_id,
            resident_id=self.person,
            village_id=self.village,
            seed=1,
            created_at=AGO,
            changed_at=AGO,
        )
        await self.put(Pick, ballot_id=ballot, problem_id=problem_id)
        return round_id


async def everywhere(stage: Stage, visitor: Visitor) -> Town:
    person = (await resident_of(stage, visitor)).id
    town = Town(stage, person, await municipality_id(stage, "jazy"), (await village_ids(stage, "jazy"))[0])
    listed = await _problems(town)
    await _paper(town, await town.vote(listed, closed=True), listed)
    await town.vote(listed, closed=False)
    await _work(town, listed)
    await _hearing(town)
    await _plan(town, listed)
    await _told(town)
    return town


async def _problems(town: Town) -> int:
    """One of others, and the person's own: on the list, waiting, declined, and a bare voice message."""
    [listed] = await publish(town.stage, "Мост сломан, дети идут в обход")
    decided: dict[str, Any] = dict.fromkeys(("translated_by", "decided_by", "hidden_by"), town.person)
    mine = await town.problem(101, ProblemStatus.PUBLISHED, **decided)
    await town.put(MarkedReport, resident_id=town.person, problem_id=listed)
    silence = {"resident_id": town.person, "made_by": town.person, "since": AGO, "until": NOW, "why": "spam"}
    await town.put(SilenceRow, problem_id=mine, municipality_id=town.municipality, **silence)
    for number, status in ((102, ProblemStatus.SUBMITTED), (103, ProblemStatus.DECLINED)):
        await town.problem(number, status, held_by=town.person, held_until=NOW)
    await town.problem(104, ProblemStatus.SUBMITTED, "")
    await town.put(Supporter, problem_id=listed, resident_id=town.person, words=WORDS, since=NOW)
    await town.put(Attachment, problem_id=mine, purpose="answer", kind="voice", file_id="answer")
    inquiry = await town.put(
        Inquiry, problem_id=mine, asked_by=town.person, asked_at=NOW, question="Где это?", answer=NAME
    )
    answered = {"notice": f"inquiry:{inquiry}:answered", "kind": "inquiry.answered", "due_at": AGO}
    await town.put(Delivery, facts={"answer": NAME}, failed_at=AGO, failure="gone", **answered)
    draft = await town.put(
        Draft,
        resident_id=town.person,
        municipality_id=town.municipality,
        step="text",
        text=WORDS,
        changed_at=NOW,
    )
    await town.put(Attachment, draft_id=draft, kind="photo", file_id="draft")
    return listed


async def _paper(town: Town, round_id: int, listed: int) -> None:
    """A gathering that the person entered, one they are entering, and a decision they wrote down."""
    who = {"round_id": round_id, "entered_by": town.person, "entered_at": NOW}
    signed = {"first_signatory": "Комиссия", "second_signatory": "Комиссия"}
    numbers = {"women": 20, "men": 20, "voted": 40}
    held = {"village_id": town.village, "held_on": NOW.date(), "place": "Клуб", "people": "mixed"}
    await town.put(GatheringRow, batch="1", method="sheets", **held, **numbers, **signed, **who)
    await town.put(TieDecision, problem_ids=[listed], decided_by="Жыйын", reason="Кол көтөрүү", **who)
    disputed = {"begun_at": AGO, "begun_by": town.person, "ended_at": NOW, "ended_by": town.person}
    await town.put(DisputeRow, round_id=round_id, reason="complaint", **disputed)
    told = {"place": WORDS}
    await town.put(GatheringDraft, resident_id=town.person, round_id=round_id, told=told, changed_at=NOW)


async def _plan(town: Town, listed: int) -> None:
    """A plan that the person published, keeps true, follows, checks and speaks of."""
    who, where = town.person, {"municipality_id": town.municipality}
    plan = await town.put(Plan, first_year=2027, last_year=2028, created_at=AGO, **where)
    version = await town.put(
        PlanVersion,
        plan_id=plan,
        title="План",
        language="ru",
        created_at=AGO,
        created_by=who,
        number=1,
        adopted_at=AGO,
        adopted_by=who,
        **where,
    )
    measure = await town.put(MeasureRow, plan_id=plan, number=1, status="done")
    said = {"measure_id": measure, "made_by": who, "at": AGO}
    report = await town.put(MeasureReport, status="done", **said)
    await town.put(MeasureCheck, report_id=report, agrees=False, note=WORDS, photo_file_id="check", **said)
    await town.put(MeasureLink, measure_id=measure, problem_id=listed, linked_by=who, at=AGO)
    await town.put(MeasureFollower, measure_id=measure, resident_id=who)
    await town.put(PlanFollower, resident_id=who, **where)
    await town.put(PlanComment, version_id=version, number=1, resident_id=who, text=WORDS, at=AGO)
    document = {"kind": "budget", "name": "Бюджет", "file_id": "budget", "is_photo": False}
    await town.put(PlanDocument, at=AGO, made_by=who, **document, **where)


async def _work(town: Town, listed: int) -> None:
    who, where = town.person, {"municipality_id": town.municipality}
    await town.put(GrantRow, resident_id=who, role=Role.FACILITATOR, granted_at=AGO, **where)
    await town.put(ProblemNote, problem_id=listed, made_by=who, at=NOW, text="Уточнено")
    await town.put(JournalEntry, at=NOW, actor_id=who, act="problem.published", subject_id=listed, **where)
    await town.put(
        Invite,
        code_hash="invite",
        role=Role.FACILITATOR,
        created_at=AGO,
        expires_at=NOW,
        accepted_at=AGO,
        accepted_by=who,
        **where,
    )
    await town.put(ChatCode, code_hash="chat", made_by=who, created_at=AGO, expires_at=NOW, **where)
    await town.put(
        Chat, telegram_id=-1001, title="Айыл", is_channel=False, linked_at=AGO, linked_by=who, **where
    )


async def _hearing(town: Town) -> None:
    who, where = town.person, {"municipality_id": town.municipality}
    hearing = await town.put(
        Hearing, status="announced", kind="other", made_by=who, created_at=AGO, place="Клуб", **where
    )
    await town.put(Attendance, hearing_id=hearing, resident_id=who, is_coming=True, changed_at=NOW)
    question = {"hearing_id": hearing, "kind": "question", "language": "ru", "created_at": NOW}
    await town.put(Question, author_id=who, text="Когда?", signed=NAME, answered_by=who, **question)
    await town.put(
        QuestionDraft, resident_id=who, hearing_id=hearing, text=WORDS, signed=NAME, changed_at=NOW
    )
    broadcast = await town.put(
        Broadcast,
        notice="hearing:1:announced",
        hearing_id=hearing,
        kind="hearing.announced",
        facts={},
        made_by=who,
        stopped_by=who,
        watcher_id=who,
        created_at=AGO,
        **where,
    )
    await change(town.stage, update(Broadcast).where(Broadcast.id == broadcast).values(stopped_at=NOW))


async def _told(town: Town) -> None:
    await town.put(Muted, resident_id=town.person, topic="votes")
    back = {"number_hash": "0" * 32, "act": "words", "subject_id": 0, "many": 1, "at": NOW}
    await town.put(ForgottenAct, resident_id=town.person, **back)
    for notice, sent in (("problem:1:1", AGO), ("problem:1:2", None)):
        await town.put(
            Delivery,
            notice=notice,
            resident_id=town.person,
            kind="problem.word",
            facts={"words": NAME},
            due_at=NOW + timedelta(hours=1),
            sent_at=sent,
        )
