"""The report being written: stored at every answer, so that a restart loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.forgotten_queries import remembered
from bot.db.models import (
    Attachment,
    Draft,
    Municipality as MunicipalityRow,
    Problem,
    Topic as TopicRow,
    Village as VillageRow,
)
from bot.db.queries import upsert_into
from bot.domain.forgotten import Remembered
from bot.domain.personal import Found, found_in
from bot.domain.places import Name, Topic, Village
from bot.domain.problem import LONGEST_OFFER, Media, MediaKind, ProblemStatus, Step
from bot.domain.roles import Resident
from bot.domain.text_folding import folded_wording

# The step of a draft that is only a question: "shall I file this as a problem?"
OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class DraftMedia:
    """Something attached to a draft. `source`, the update that it came with, is its number in the draft."""

    kind: MediaKind
    source: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A report being written. `step` is None while its text is only offered."""

    id: int
    municipality_id: int
    step: Step | None
    is_editing: bool
    text: str | None
    village: Village | None
    topic: Topic | None
    who: str | None
    offered: str | None
    attachments: tuple[DraftMedia, ...] = ()
    keeps_personal: bool = False

    @property
    def is_told(self) -> bool:
        """Whether a facilitator can learn from it what the problem is."""
        return bool(self.text) or any(
            each.kind in {MediaKind.VOICE, MediaKind.PHOTO} for each in self.attachments
        )

    @property
    def voices(self) -> tuple[DraftMedia, ...]:
        return tuple(each for each in self.attachments if each.kind is MediaKind.VOICE)

    @property
    def is_voice_public(self) -> bool:
        """Whether its author wants everybody to hear every voice message of it."""
        return bool(self.voices) and all(each.is_public for each in self.voices)

    @property
    def personal(self) -> list[Found]:
        """Personal data of which its author has not said yet that they are to stay."""
        if self.keeps_personal:
            return []
        return [found for words in (self.text, self.who) if words for found in found_in(words)]


async def find_draft(db: AsyncConnection, resident_id: int, *, lock: bool = False) -> DraftReport | None:
    """The resident's draft; `lock` keeps other processes from changing it until the act is committed."""
    chosen = (
        select(
            Draft.__table__,
            VillageRow.name_ky.label("village_ky"),
            VillageRow.name_ru.label("village_ru"),
            TopicRow.short_ky,
            TopicRow.short_ru,
            TopicRow.emoji,
        )
        .outerjoin(VillageRow, VillageRow.id == Draft.village_id)
        .outerjoin(TopicRow, TopicRow.id == Draft.topic_id)
        .where(Draft.resident_id == resident_id)
    )
    row = (await db.execute(chosen.with_for_update(of=Draft) if lock else chosen)).first()
    if row is None:
        return None
    attached = await db.execute(
        select(Attachment.kind, Attachment.source_update, Attachment.is_public)
        .where(Attachment.draft_id == row.id)
        .order_by(Attachment.id)
    )
    return _draft(
        row, tuple(DraftMedia(MediaKind(kind), source or 0, shown) for kind, source, shown in attached)
    )


def _draft(row: Any, attachments: tuple[DraftMedia, ...]) -> DraftReport:
    return DraftReport(
        id=row.id,
        municipality_id=row.municipality_id,
        step=None if row.step == OFFERED else Step(row.step),
        is_editing=row.is_editing,
        text=row.text,
        village=Village(row.village_id, Name(row.village_ky, row.village_ru)) if row.village_id else None,
        topic=Topic(row.topic_id, Name(row.short_ky, row.short_ru), row.emoji) if row.topic_id else None,
        who=row.who,
        offered=row.offered,
        attachments=attachments,
        keeps_personal=row.keeps_personal,
    )


async def save_new_draft(db: AsyncConnection, resident_id: int, municipality_id: int, now: datetime) -> None:
    """Begin a draft at its first question; one that is only offered becomes it, a real one stays as it is."""
    await db.execute(
        upsert_into(db, Draft)
        .values(
            resident_id=resident_id,
            municipality_id=municipality_id,
            step=Step.TEXT,
            changed_at=now,
        )
        .on_conflict_do_update(
            index_elements=[Draft.resident_id],
            set_={"step": Step.TEXT, "offered": None},
            where=Draft.step == OFFERED,
        )
    )


async def save_offer(
    db: AsyncConnection, resident_id: int, municipality_id: int, text: str | None, now: datetime
) -> None:
    """Keep free text until its author says whether it is a problem.

    More of it is added to what waits, as far as there is room.
    """
    statement = upsert_into(db, Draft).values(
        resident_id=resident_id,
        municipality_id=municipality_id,
        step=OFFERED,
        offered=text[:LONGEST_OFFER] if text else None,
        changed_at=now,
    )
    more = statement.excluded.offered
    together = func.coalesce(Draft.offered + "\n" + more, Draft.offered, more)
    kept = func.substr(together, 1, LONGEST_OFFER)
    await db.execute(
        statement.on_conflict_do_update(index_elements=[Draft.resident_id], set_={"offered": kept})
    )


async def find_offered(db: AsyncConnection, resident_id: int) -> DraftReport | None:
    """The draft whose author has not said yet whether what they wrote or sent is a problem."""
    draft = await find_draft(db, resident_id)
    return draft if draft and (draft.step is None or draft.offered) else None


async def save_declined_offer(db: AsyncConnection, resident_id: int, draft_id: int) -> None:
    """Forget what was offered; a report that was begun before stays."""
    await db.execute(
        update(Draft).where(Draft.id == draft_id, Draft.resident_id == resident_id).values(offered=None)
    )
    only_offered = Draft.step == OFFERED
    await db.execute(
        delete(Draft).where(Draft.id == draft_id, Draft.resident_id == resident_id, only_offered)
    )


async def save_draft(db: AsyncConnection, draft_id: int, now: datetime, **values: object) -> None:
    """Of personal data in other words than before, its author is asked again."""
    if {"text", "who"} & values.keys():
        values.setdefault("keeps_personal", False)
    await db.execute(update(Draft).where(Draft.id == draft_id).values(changed_at=now, **values))


async def save_attachment(db: AsyncConnection, draft_id: int, update_id: int, media: Media) -> None:
    await db.execute(
        insert(Attachment).values(
            draft_id=draft_id,
            source_update=update_id,
            kind=media.kind,
            is_public=media.kind.is_public_unasked,
            file_id=media.file_id,
            latitude=media.latitude,
            longitude=media.longitude,
        )
    )


async def save_without_attachments(db: AsyncConnection, draft_id: int) -> None:
    await db.execute(delete(Attachment).where(Attachment.draft_id == draft_id))


async def save_without_attachment(db: AsyncConnection, draft_id: int, source: int) -> None:
    await db.execute(
        delete(Attachment).where(Attachment.draft_id == draft_id, Attachment.source_update == source)
    )


async def save_voice_public(db: AsyncConnection, draft_id: int, *, is_public: bool) -> None:
    await db.execute(
        update(Attachment)
        .where(Attachment.draft_id == draft_id, Attachment.kind == MediaKind.VOICE)
        .values(is_public=is_public)
    )


async def save_without_place(db: AsyncConnection, draft_id: int) -> None:
    await db.execute(
        delete(Attachment).where(Attachment.draft_id == draft_id, Attachment.kind == MediaKind.LOCATION)
    )


async def save_dropped(db: AsyncConnection, resident_id: int, draft_id: int) -> None:
    """Delete the draft, if it is this resident's own."""
    owned = select(Draft.id).where(Draft.id == draft_id, Draft.resident_id == resident_id)
    await db.execute(delete(Attachment).where(Attachment.draft_id.in_(owned.scalar_subquery())))
    await db.execute(delete(Draft).where(Draft.id == draft_id, Draft.resident_id == resident_id))


async def count_reports_since(db: AsyncConnection, resident: Resident, since: datetime, now: datetime) -> int:
    """Those count, too, that they sent before they were forgotten and came back."""
    own = select(func.count()).where(Problem.author_id == resident.id, Problem.created_at >= since)
    earlier = remembered(resident.number_hash, Remembered.REPORTS, since=since, now=now)
    return int((await db.execute(select(own.scalar_subquery() + earlier))).scalar_one())


async def save_problem(
    db: AsyncConnection, draft: DraftReport, resident_id: int, language: str, now: datetime
) -> int:
    """Turn the draft into a submitted problem with the next number of its municipality; return its id."""
    number = await db.execute(
        update(MunicipalityRow)
        .where(MunicipalityRow.id == draft.municipality_id)
        .values(last_problem_number=MunicipalityRow.last_problem_number + 1)
        .returning(MunicipalityRow.last_problem_number)
    )
    inserted = await db.execute(
        insert(Problem)
        .values(
            municipality_id=draft.municipality_id,
            number=number.scalar_one(),
            draft_id=draft.id,
            author_id=resident_id,
            village_id=draft.village.id if draft.village else None,
            topic_id=draft.topic.id if draft.topic else None,
            language=language,
            text=draft.text or "",
            folded=folded_wording(draft.text or ""),
            who=draft.who,
            status=ProblemStatus.SUBMITTED,
            created_at=now,
        )
        .returning(Problem.id)
    )
    problem_id = inserted.scalar_one()
    await db.execute(
        update(Attachment).where(Attachment.draft_id == draft.id).values(problem_id=problem_id, draft_id=None)
    )
    await db.execute(delete(Draft).where(Draft.id == draft.id))
    return int(problem_id)


async def find_sent(db: AsyncConnection, resident_id: int, draft_id: int) -> int | None:
    """The problem that this draft became, if it was sent before."""
    found = await db.execute(
        select(Problem.id).where(Problem.draft_id == draft_id, Problem.author_id == resident_id)
    )
    return found.scalar_one_or_none()


def first_village(villages: Sequence[Village], own_id: int | None) -> list[Village]:
    """All villages, the resident's own first."""
    return sorted(villages, key=lambda village: village.id != own_id)
