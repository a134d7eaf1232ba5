"""Imports places, topics and the population from CSV files: all rows of a file, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import data
from bot.db.csv_rows import Flaw, ImportRefused, Row, in_cell
from bot.db.import_entries import MunicipalityEntry, PopulationEntry, TopicEntry, VillageEntry, read_sheet
from bot.db.models import Base, Municipality, Population, Topic, Village
from bot.db.queries import upsert_into
from bot.db.session import Database
from bot.domain.text_folding import fold
from bot.domain.voter import AgeGroup, Sex

__all__ = ["Counts", "ImportKind", "ImportRefused", "import_csv", "load_pilot_data"]

# With at most nine columns this stays far below the parameters that either engine takes.
ROWS_A_STATEMENT = 500


class ImportKind(StrEnum):
    MUNICIPALITIES = "municipalities"
    VILLAGES = "villages"
    TOPICS = "topics"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did to the rows of its file."""

    added: int
    changed: int
    unchanged: int


async def import_csv(database: Database, kind: ImportKind, content: bytes) -> Counts:
    """Import a whole file, or raise `ImportRefused` with every flaw in it. Doing it again changes nothing."""
    async with database.act() as connection:
        return await _import(connection, kind, content)


async def load_pilot_data(database: Database) -> None:
    """Fill an empty database with what the program brings along; what an operator imported stays as it is."""
    async with database.read() as connection:
        has_places = (await connection.scalar(select(Municipality.id).limit(1))) is not None
        has_topics = (await connection.scalar(select(Topic.id).limit(1))) is not None
    if has_places and has_topics:
        return
    async with database.act() as connection:
        if not has_places:
            await _import(connection, ImportKind.MUNICIPALITIES, data.packaged(data.MUNICIPALITIES))
            await _import(connection, ImportKind.VILLAGES, data.packaged(data.VILLAGES))
        if not has_topics:
            await _import(connection, ImportKind.TOPICS, data.packaged(data.TOPICS))


async def _import(connection: AsyncConnection, kind: ImportKind, content: bytes) -> Counts:
    match kind:
        case ImportKind.MUNICIPALITIES:
            return await _import_municipalities(connection, content)
        case ImportKind.VILLAGES:
            return await _import_villages(connection, content)
        case ImportKind.TOPICS:
            return await _import_topics(connection, content)
        case ImportKind.POPULATION:
            return await _import_population(connection, content)


async def _import_municipalities(connection: AsyncConnection, content: bytes) -> Counts:
    sheet = read_sheet(content, MunicipalityEntry)
    _refuse_if_any(sheet.flaws)
    return await _merge(connection, Municipality, ["slug"], [entry.model_dump() for entry in sheet.entries])


async def _import_villages(connection: AsyncConnection, content: bytes) -> Counts:
    sheet = read_sheet(content, VillageEntry)
    municipalities = await _municipality_ids(connection)
    _refuse_if_any([*sheet.flaws, *_strays(sheet.rows, municipalities)])
    rows = [
        {"municipality_id": municipalities[entry.municipality], **entry.model_dump(exclude={"municipality"})}
        for entry in sheet.entries
    ]
    return await _merge(connection, Village, ["municipality_id", "name_ky"], rows)


async def _import_topics(connection: AsyncConnection, content: bytes) -> Counts:
    sheet = read_sheet(content, TopicEntry)
    _refuse_if_any(sheet.flaws)
    rows = [{"id": entry.number, **entry.model_dump(exclude={"number"})} for entry in sheet.entries]
    return await _merge(connection, Topic, ["id"], rows)


async def _import_population(connection: AsyncConnection, content: bytes) -> Counts:
    """A village is known by its name in either language; one row of the file is four of the table."""
    sheet = read_sheet(content, PopulationEntry)
    municipalities = await _municipality_ids(connection)
    villages = await _village_ids(connection)
    unknown = [
        in_cell(row, "village", "the name of a village of this municipality that was imported before")
        for row in sheet.rows
        if row.cells["municipality"] in municipalities
        and (municipalities[row.cells["municipality"]], fold(row.cells["village"])) not in villages
    ]
    _refuse_if_any([*sheet.flaws, *_strays(sheet.rows, municipalities), *unknown])
    rows = [
        row
        for entry in sheet.entries
        for row in population_rows(
            villages[municipalities[entry.municipality], fold(entry.village)],
            [entry.women_under35, entry.women_from35, entry.men_under35, entry.men_from35],
        )
    ]
    return await _merge(connection, Population, ["village_id", "sex", "age_group"], rows)


def population_rows(village_id: int, people: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of one village; `people` are women before men, and of each the young before the old."""
    cells = [(sex, age_group) for sex in Sex for age_group in AgeGroup]
    return [
        {"village_id": village_id, "sex": sex.value, "age_group": age_group.value, "people": number}
        for (sex, age_group), number in zip(cells, people, strict=True)
    ]


async def save_population(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> Counts:
    """Of any villages; those that are not named keep what they have."""
    return await _merge(connection, Population, ["village_id", "sex", "age_group"], rows)


async def _village_ids(connection: AsyncConnection) -> dict[tuple[int, str], int]:
    rows = await connection.execute(
        select(Village.id, Village.municipality_id, Village.name_ky, Village.name_ru)
    )
    return {(row.municipality_id, fold(name)): row.id for row in rows for name in (row.name_ru, row.name_ky)}


async def _municipality_ids(connection: AsyncConnection) -> dict[str, int]:
    rows = await connection.execute(select(Municipality.slug, Municipality.id))
    return {row.slug: row.id for row in rows}


def _strays(rows: Sequence[Row], municipalities: Mapping[str, int]) -> list[Flaw]:
    """Villages of municipalities that are not in the database; badly written slugs are told elsewhere."""
    expected = "the slug of a municipality that was imported before"
    return [
        in_cell(row, "municipality", expected)
        for row in rows
        if row.cells["municipality"] not in municipalities
    ]


def _refuse_if_any(flaws: Sequence[Flaw]) -> None:
    if flaws:
        raise ImportRefused([str(flaw) for flaw in sorted(flaws)])


async def _merge(
    connection: AsyncConnection, table: type[Base], key: Sequence[str], rows: Sequence[dict[str, Any]]
) -> Counts:
    """Add the rows whose key is new, change those that differ, and leave the others alone."""
    key_of = itemgetter(*key)
    # The whole table is read: the country has fewer than 500 municipalities and 2,000 villages.
    columns = [getattr(table, name) for name in rows[0]]
    stored = {key_of(row): dict(row) for row in (await connection.execute(select(*columns))).mappings()}
    added = [row for row in rows if key_of(row) not in stored]
    changed = [row for row in rows if key_of(row) in stored and stored[key_of(row)] != row]
    await _upsert(connection, table, key, [*added, *changed])
    return Counts(len(added), len(changed), len(rows) - len(added) - len(changed))


async def _upsert(
    connection: AsyncConnection, table: type[Base], key: Sequence[str], rows: Sequence[dict[str, Any]]
) -> None:
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        statement = upsert_into(connection, table).values(rows[start : start + ROWS_A_STATEMENT])
        new = {name: statement.excluded[name] for name in rows[0] if name not in key}
        await connection.execute(statement.on_conflict_do_update(index_elements=key, set_=new))
