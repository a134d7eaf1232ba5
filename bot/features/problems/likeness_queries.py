"""Problems of a municipality that speak of the same as a text: found before it is sent, and at the desk.

Who looks finds what they may read. Of what they may not read, at most that it waits, and only where its
matter is clearly the same.

What is compared is kept prepared in memory, and only what has changed since is read anew. The comparing
itself runs in a thread, so that nobody else waits for it.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import nlargest
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select

from bot.data import endings, glossary
from bot.db.models import Municipality, Problem
from bot.db.queries import list_villages
from bot.db.session import Database
from bot.domain.likeness import (
    ALIKE_FROM,
    CLEARLY_ALIKE_FROM,
    Kind,
    Lexicon,
    Term,
    Told,
    likeness,
    matter_of,
    told,
)
from bot.domain.places import Name
from bot.domain.problem import PUBLIC, ProblemStatus, Wording
from bot.domain.roles import Resident
from bot.domain.seeing import Sight, sight, was_public
from bot.domain.text_folding import fold

# What may be one's own problem: all that is on the list, and what waits for the facilitator.
FINDABLE = PUBLIC | {ProblemStatus.SUBMITTED}
# Acts of other processes may be committed a little later than they say they were, and clocks may differ.
_MARGIN = timedelta(seconds=10)
# So many at most are compared word by word; the others share less with the text.
_MOST_COMPARED = 150
# Prepared at a time, so that the loop has its turn between.
_PORTION = 200


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for; a village or topic of None is not known."""

    text: str
    village_id: int | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """A problem that may be the same, with its wording as its author or a facilitator put it."""

    id: int
    number: int
    status: ProblemStatus
    text: str
    village: Name
    likeness: float


@dataclass(frozen=True, slots=True)
class Near:
    """What is like a text, the likeliest first: problems that may be read, and ids of reports that may not.

    Of those in `waiting` nothing else is known here, so that nothing of them can be shown.
    """

    found: Sequence[Similar] = ()
    waiting: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class _Telling:
    """One wording of a problem, and its matter alone; `is_shown` where the problem's readers read it."""

    whole: Told
    matter: Told | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A problem as it is kept for comparing: each of its wordings is told by itself."""

    id: int
    number: int
    municipality_id: int
    author_id: int | None
    status: ProblemStatus
    status_before: str | None
    wording: Wording
    village_id: int
    topic_id: int | None
    merged_into_id: int | None
    tellings: tuple[_Telling, ...] = ()


@dataclass
class _Shelf:
    """The problems of one municipality, and which of them a meaning occurs in."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    kept: dict[int, _Kept] = field(default_factory=dict)
    holders: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    villages: dict[int, Name] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    read_until: datetime | None = None


_shelves: WeakKeyDictionary[Database, dict[int, _Shelf]] = WeakKeyDictionary()


@cache
def lexicon() -> Lexicon:
    return Lexicon((Term(row.words, row.apart, Kind(row.kind)) for row in glossary()), endings())


async def find_near(
    database: Database,
    municipality_id: int,
    looked_for: Looked,
    viewer: Resident | None,
    *,
    most: int = 5,
    besides: int | None = None,
    language: str | None = None,
) -> Near:
    """The problems most like the text; `besides` is one that is left out.

    A merged problem is found as the one that speaks for it. With a `language`, wordings are given in it
    where somebody has translated them. Opens its own look at the database: call it outside of any act.
    """
    shelf = _shelves.setdefault(database, {}).setdefault(municipality_id, _Shelf())
    async with shelf.lock:
        await _read_changes(database, municipality_id, shelf)
        return await asyncio.to_thread(_look, shelf, looked_for, viewer, most, besides, language)


async def _read_changes(database: Database, municipality_id: int, shelf: _Shelf) -> None:
    columns = (
        Problem.id,
        Problem.number,
        Problem.municipality_id,
        Problem.author_id,
        Problem.status,
        Problem.status_before,
        Problem.village_id,
        Problem.topic_id,
        Problem.text,
        Problem.translation,
        Problem.language,
        Problem.original,
        Problem.merged_into_id,
        Problem.changed_at,
    )
    begun = datetime.now(UTC)
    chosen = select(*columns).where(Problem.municipality_id == municipality_id)
    if shelf.read_until:
        chosen = chosen.where(Problem.changed_at > shelf.read_until - _MARGIN)
    async with database.read() as db:
        rows = (await db.execute(chosen)).all()
        shelf.villages = {each.id: each.name for each in await list_villages(db, municipality_id)}
    shelf.names = {fold(word): id_ for id_, name in shelf.villages.items() for word in (name.ky, name.ru)}
    for begin in range(0, len(rows), _PORTION):
        await asyncio.to_thread(_keep, shelf, rows[begin : begin + _PORTION])
    shelf.read_until = begun


def _keep(shelf: _Shelf, rows: Sequence[Any]) -> None:
    for row in rows:
        before = shelf.kept.get(row.id)
        shelf.kept[row.id] = kept = _kept(shelf, row, before)
        if before is None or before.tellings != kept.tellings:
            for key in _keys(before.tellings if before else ()):
                shelf.holders[key].discard(row.id)
            for key in _keys(kept.tellings):
                shelf.holders[key].add(row.id)


def _kept(shelf: _Shelf, row: Any, before: _Kept | None) -> _Kept:
    wording = Wording(row.text, row.language, row.translation, row.original)
    kept = _Kept(
        row.id,
        row.number,
        row.municipality_id,
        row.author_id,
        ProblemStatus(row.status),
        row.status_before,
        wording,
        row.village_id,
        row.topic_id,
        row.merged_into_id,
    )
    if before and (before.wording, before.village_id, before.topic_id) == (
        wording,
        row.village_id,
        row.topic_id,
    ):
        return replace(kept, tellings=before.tellings)
    shown = [text for text in (row.text, row.translation) if text]
    # The author's own words stay with the facilitator once somebody has worded them anew.
    hidden = [row.original] if row.original and row.original not in shown else []
    tellings = [_telling(shelf, row, text, is_shown=True) for text in dict.fromkeys(shown)]
    tellings += [_telling(shelf, row, text, is_shown=False) for text in hidden]
    return replace(kept, tellings=tuple(tellings))


def _telling(shelf: _Shelf, row: Any, text: str, *, is_shown: bool) -> _Telling:
    whole = told(lexicon(), text, row.village_id, row.topic_id, shelf.names)
    return _Telling(whole, matter_of(lexicon(), whole), is_shown)


def _keys(tellings: Iterable[_Telling]) -> set[str]:
    return {key for each in tellings for key in _keys_of(each.whole)}


def _keys_of(said: Told) -> set[str]:
    """What a problem is found by: its meanings, and the villages it lies in or names."""
    return set(said.meanings) | {f"@{place}" for place in said.places}


def _look(
    shelf: _Shelf,
    looked_for: Looked,
    viewer: Resident | None,
    most: int,
    besides: int | None,
    language: str | None,
) -> Near:
    wanted = told(lexicon(), looked_for.text, looked_for.village_id, looked_for.topic_id, shelf.names)
    matter = matter_of(lexicon(), wanted)
    best: dict[int, float] = {}
    for candidate in _candidates(shelf, wanted):
        kept = shelf.kept[candidate]
        speaker = _speaker(shelf, kept)
        found = _found(wanted, matter, kept, viewer) if speaker else None
        if found and speaker and besides not in {candidate, speaker.id}:
            best[speaker.id] = max(found, best.get(speaker.id, 0.0))
    # Of two that are alike the older one comes first: it has gathered more people.
    ranked = [shelf.kept[id_] for id_, _found in sorted(best.items(), key=lambda each: (-each[1], each[0]))]
    seen = [each for each in ranked if sight(viewer, each)][:most]
    return Near(
        [_similar(shelf, each, best[each.id], language) for each in seen],
        [each.id for each in ranked if not sight(viewer, each)],
    )


def _found(wanted: Told, matter: Told | None, kept: _Kept, viewer: Resident | None) -> float | None:
    """How like it is, None where it is not like enough; by the matter alone where it may not be read."""
    sees = sight(viewer, kept)
    is_read = sees > Sight.NOTHING or was_public(kept.status, kept.status_before)
    best = 0.0
    for each in kept.tellings:
        if sees is Sight.WHOLE or (is_read and each.is_shown):
            best = max(best, likeness(wanted, each.whole))
        elif matter and each.matter and (clear := likeness(matter, each.matter)) >= CLEARLY_ALIKE_FROM:
            best = max(best, clear)
    return best if best >= ALIKE_FROM else None


def _candidates(shelf: _Shelf, wanted: Told) -> list[int]:
    """Those that share most with what is wanted; things count twice."""
    shares: Counter[int] = Counter()
    for key in _keys_of(wanted) | wanted.things:
        holders = shelf.holders.get(key, ())
        shares.update(holders)
        if key in wanted.things:
            shares.update(holders)
    return [
        id_ for id_, _count in nlargest(_MOST_COMPARED, shares.items(), key=lambda each: (each[1], -each[0]))
    ]


def _speaker(shelf: _Shelf, kept: _Kept | None) -> _Kept | None:
    """The problem itself, or the one that speaks for it since they were merged, if it may still be joined."""
    seen: set[int] = set()
    while kept and kept.merged_into_id is not None and kept.id not in seen:
        seen.add(kept.id)
        kept = shelf.kept.get(kept.merged_into_id)
    return kept if kept and kept.status in FINDABLE and kept.wording.text else None


def _similar(shelf: _Shelf, kept: _Kept, found: float, language: str | None) -> Similar:
    text = kept.wording.read_in(language) if language else kept.wording.text
    return Similar(kept.id, kept.number, kept.status, text, shelf.villages[kept.village_id], found)


async def prepare_likeness(database: Database) -> None:
    """Prepare every municipality's problems, so that the first who looks after a start does not wait."""
    async with database.read() as db:
        found = await db.execute(select(Municipality.id).where(Municipality.last_problem_number > 0))
        municipality_ids = found.scalars().all()
    for each in municipality_ids:
        await find_near(database, each, Looked(""), None)
