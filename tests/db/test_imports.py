"""Importing files: all rows or none, and every flaw told in words an operator can act on."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.engine import Engine

from bot import data
from bot.db.imports import Counts, ImportKind, ImportRefused, import_csv, load_pilot_data
from bot.db.models import Base, Municipality, Topic, Village
from bot.db.session import Database

MUNICIPALITY_COLUMNS = "slug,register_code,name_ky,name_ru,district_ky,district_ru,oblast_ky,oblast_ru,note"
JAZY = "jazy,41706255824000,Жазы,Жазы,Өзгөн,Узгенский,Ош,Ошская,"
CHAEK = "chaek,41704230836000,Чаек,Чаек,Жумгал,Жумгальский,Нарын,Нарынская,"
VILLAGE_COLUMNS = "municipality,register_code,name_ky,name_ru,population"
TOPIC_COLUMNS = "number,place,short_ky,short_ru,name_ky,name_ru,within_lsg_competence,emoji"
WATER = "4,1,Ичүүчү суу,Питьевая вода,Калкты ичүүчү суу менен камсыз кылуу,Питьевое водоснабжение,1,🚰"


def file_of(*lines: str) -> bytes:
    return "\r\n".join([*lines, ""]).encode()


async def import_municipalities(database: Database, *rows: str) -> Counts:
    return await import_csv(database, ImportKind.MUNICIPALITIES, file_of(MUNICIPALITY_COLUMNS, *rows))


async def import_villages(database: Database, *rows: str) -> Counts:
    return await import_csv(database, ImportKind.VILLAGES, file_of(VILLAGE_COLUMNS, *rows))


async def refused(database: Database, kind: ImportKind, content: bytes) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        await import_csv(database, kind, content)
    return refusal.value.problems


async def count(database: Database, table: type[Base]) -> int:
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def all_rows(database: Database, table: type[Base]) -> list[dict[str, Any]]:
    statement = select(*table.__table__.columns).order_by(table.__table__.columns["id"])
    async with database.read() as connection:
        return [dict(row) for row in (await connection.execute(statement)).mappings()]


async def test_rows_of_a_file_are_stored_as_they_stand(database: Database) -> None:
    assert await import_municipalities(database, JAZY, CHAEK) == Counts(added=2, changed=0, unchanged=0)
    jazy, chaek = await all_rows(database, Municipality)
    assert (jazy["slug"], jazy["register_code"], jazy["district_ky"]) == ("jazy", "41706255824000", "Өзгөн")
    assert (jazy["note"], jazy["last_problem_number"], chaek["oblast_ru"]) == ("", 0, "Нарынская")


async def test_the_same_file_again_changes_nothing(database: Database) -> None:
    await import_municipalities(database, JAZY, CHAEK)
    before = await all_rows(database, Municipality)
    assert await import_municipalities(database, JAZY, CHAEK) == Counts(added=0, changed=0, unchanged=2)
    assert await all_rows(database, Municipality) == before


async def test_a_corrected_row_changes_and_a_new_row_is_added(database: Database) -> None:
    await import_municipalities(database, JAZY)
    counts = await import_municipalities(database, JAZY.replace("Узгенский", "Озгонский"), CHAEK)
    assert counts == Counts(added=1, changed=1, unchanged=0)
    jazy, _chaek = await all_rows(database, Municipality)
    assert jazy["district_ru"] == "Озгонский"


async def test_an_import_leaves_the_count_of_problems_alone(database: Database) -> None:
    await import_municipalities(database, JAZY)
    async with database.act() as connection:
        await connection.execute(update(Municipality).values(last_problem_number=7))
    await import_municipalities(database, JAZY.replace("Узгенский", "Озгонский"))
    assert [row["last_problem_number"] for row in await all_rows(database, Municipality)] == [7]


async def test_a_file_from_a_spreadsheet_is_understood(database: Database) -> None:
    """Semicolons, a byte order mark, columns in another order and empty rows at the end."""
    columns = MUNICIPALITY_COLUMNS.split(",")[::-1]
    cells = dict(zip(MUNICIPALITY_COLUMNS.split(","), JAZY.split(","), strict=True))
    lines = [";".join(columns).upper(), ";".join(cells[name] for name in columns), ";" * 8, ""]
    content = b"\xef\xbb\xbf" + file_of(*lines)
    assert await import_csv(database, ImportKind.MUNICIPALITIES, content) == Counts(1, 0, 0)
    assert [row["slug"] for row in await all_rows(database, Municipality)] == ["jazy"]


async def test_separators_and_line_breaks_inside_quotation_marks_belong_to_the_cell(
    database: Database,
) -> None:
    await import_municipalities(database, JAZY + '"Joined in 2024;\nsee the register, page 3"')
    assert [row["note"] for row in await all_rows(database, Municipality)] == [
        "Joined in 2024; see the register, page 3"
    ]


async def test_all_bad_rows_are_told_at_once_with_row_column_and_what_is_expected(database: Database) -> None:
    problems = await refused(
        database,
        ImportKind.MUNICIPALITIES,
        file_of(
            MUNICIPALITY_COLUMNS,
            CHAEK,
            "Жазы,4.17E+13,Жазы,,Өзгөн,Узгенский,Ош,Ошская,",
            "",
            "ak-jar,41706255804000,Ак-Жар",
            CHAEK,
        ),
    )
    assert problems == [
        "row 3, column name_ru: expected 1 to 60 characters, none of them invisible; the cell is empty",
        (
            "row 3, column register_code: expected 14 digits (keep the column as text in the spreadsheet,"
            ' or it shortens them), or nothing; found "4.17E+13"'
        ),
        'row 3, column slug: expected 2 to 40 of the letters a-z, digits and hyphens; found "Жазы"',
        (
            "row 5: expected 9 cells as in the heading, found 3;"
            ' a name that contains the separator must stand in "quotation marks"'
        ),
        'row 6, column register_code: expected no repetition; "41704230836000" stands already in row 2',
        'row 6, column slug: expected no repetition; "chaek" stands already in row 2',
    ]
    assert await count(database, Municipality) == 0


async def test_a_row_is_counted_as_a_spreadsheet_counts_it(database: Database) -> None:
    """A line break inside a cell makes no new row."""
    problems = await refused(
        database,
        ImportKind.MUNICIPALITIES,
        file_of(MUNICIPALITY_COLUMNS, JAZY + '"two\nlines"', "x" + CHAEK[5:]),
    )
    assert [problem.split(":")[0] for problem in problems] == ["row 3, column slug"]


async def test_one_bad_row_keeps_the_good_ones_out(database: Database) -> None:
    await import_municipalities(database, JAZY)
    with pytest.raises(ImportRefused):
        await import_municipalities(database, JAZY.replace("Өзгөн", "Ош"), CHAEK, "kok jar" + CHAEK[5:])
    assert [row["district_ky"] for row in await all_rows(database, Municipality)] == ["Өзгөн"]


async def test_missing_unknown_and_doubled_columns_are_named(database: Database) -> None:
    heading = VILLAGE_COLUMNS.replace("register_code", "soate") + ",name_ru"
    problems = await refused(database, ImportKind.VILLAGES, file_of(heading, "jazy,,Жазы,Жазы,,"))
    assert problems == [
        'column "register_code" is missing',
        'column "soate" is not known',
        'column "name_ru" stands in the heading twice',
        "expected columns, in any order: municipality, register_code, name_ky, name_ru, population",
    ]


async def test_a_village_of_an_unknown_municipality_is_told_beside_the_other_flaws(
    database: Database,
) -> None:
    await import_municipalities(database, JAZY)
    problems = await refused(
        database,
        ImportKind.VILLAGES,
        file_of(
            VILLAGE_COLUMNS,
            "jazy,,Жазы,Жазы,-5",
            "jazzy,,Жээренчи,Жээренчи,1 200",
            "jazy,,Кара-Дыйкан,Кара-Дыйкан,3100",
            "jazy,,Кара-Дыйкан,Кара-Дыйкан,3100",
        ),
    )
    municipality = "column municipality: expected the slug of a municipality that was imported before"
    population = "column population: expected a whole number, 0 or more, without spaces, or nothing"
    assert problems == [
        f'row 2, {population}; found "-5"',
        f'row 3, {municipality}; found "jazzy"',
        f'row 3, {population}; found "1 200"',
        (
            "row 5, columns municipality and name_ky: expected no repetition;"
            ' "jazy, Кара-Дыйкан" stands already in row 4'
        ),
    ]
    assert await count(database, Village) == 0


async def test_villages_of_one_name_may_lie_in_two_municipalities(database: Database) -> None:
    await import_municipalities(database, JAZY, CHAEK)
    rows = ("jazy,,Ак-Жар,Ак-Джар,", "chaek,,Ак-Жар,Ак-Джар,0")
    assert await import_villages(database, *rows) == Counts(added=2, changed=0, unchanged=0)
    assert await import_villages(database, *rows) == Counts(added=0, changed=0, unchanged=2)
    assert [(row["register_code"], row["population"]) for row in await all_rows(database, Village)] == [
        (None, None),
        (None, 0),
    ]


async def test_topics_are_found_again_by_their_number(database: Database) -> None:
    assert await import_csv(database, ImportKind.TOPICS, file_of(TOPIC_COLUMNS, WATER)) == Counts(1, 0, 0)
    changed = file_of(TOPIC_COLUMNS, WATER.replace("🚰", "💧"), WATER.replace("4,1", "5,2"))
    assert await import_csv(database, ImportKind.TOPICS, changed) == Counts(1, 1, 0)
    assert [(row["id"], row["place"], row["emoji"]) for row in await all_rows(database, Topic)] == [
        (4, 1, "💧"),
        (5, 2, "🚰"),
    ]


@pytest.mark.parametrize(
    ("cell", "wrong", "told"),
    [
        ("4,1,", "0,1,", "column number"),
        ("4,1,", "4,first,", "column place"),
        ("Питьевая вода", "Питьевая вода и вода для дома", "column short_ru"),
        (",1,🚰", ",yes,🚰", "column within_lsg_competence"),
        ("🚰", "🚰" * 9, "column emoji"),
        ("Ичүүчү суу", "Ичүүчү\x00суу", "column short_ky"),
    ],
)
async def test_a_wrong_cell_of_a_topic_is_named(database: Database, cell: str, wrong: str, told: str) -> None:
    problems = await refused(
        database, ImportKind.TOPICS, file_of(TOPIC_COLUMNS, WATER.replace(cell, wrong, 1))
    )
    assert [problem.split(":")[0] for problem in problems] == [f"row 2, {told}"]


@pytest.mark.parametrize("wrong", ["ө" * 29, "Өзгөн: шаар"])
async def test_a_district_that_no_button_could_carry_is_refused(database: Database, wrong: str) -> None:
    row = JAZY.replace("Өзгөн", wrong)
    problems = await refused(database, ImportKind.MUNICIPALITIES, file_of(MUNICIPALITY_COLUMNS, row))
    assert [problem.split(":")[0] for problem in problems] == ["row 2, column district_ky"]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
async def test_a_file_in_another_encoding_is_refused_with_advice(database: Database, encoding: str) -> None:
    content = (
        file_of(MUNICIPALITY_COLUMNS, JAZY.replace("Ө", "О").replace("ө", "о")).decode().encode(encoding)
    )
    (problem,) = await refused(database, ImportKind.MUNICIPALITIES, content)
    assert problem.startswith("The file is not in UTF-8: line ")
    assert 'save it anew as "CSV UTF-8"' in problem


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\r\n"])
async def test_an_empty_file_is_refused(database: Database, content: bytes) -> None:
    (problem,) = await refused(database, ImportKind.TOPICS, content)
    assert problem.startswith("The file is empty")


async def test_a_heading_without_rows_is_refused(database: Database) -> None:
    assert await refused(database, ImportKind.TOPICS, file_of(TOPIC_COLUMNS, ",,,,,,,")) == [
        "The file has a heading and no rows."
    ]


async def test_an_open_quotation_mark_is_told_with_its_row(database: Database) -> None:
    (problem,) = await refused(
        database, ImportKind.MUNICIPALITIES, file_of(MUNICIPALITY_COLUMNS, CHAEK, JAZY + '"never closed')
    )
    assert problem.startswith("row 3: the quotation marks are not in order")


async def test_a_large_file_takes_no_more_statements_than_a_small_one(database: Database) -> None:
    await import_municipalities(database, JAZY)
    lines = [f"jazy,,Айыл {number},Село {number},{number}" for number in range(400)]
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement.split()[0])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert await import_villages(database, *lines) == Counts(added=400, changed=0, unchanged=0)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert [verb for verb in statements if verb in {"SELECT", "INSERT", "UPDATE"}] == [
        "SELECT",
        "SELECT",
        "INSERT",
    ]


async def test_more_rows_than_one_statement_holds_are_all_stored(database: Database) -> None:
    await import_municipalities(database, JAZY)
    lines = [f"jazy,,Айыл {number},Село {number}," for number in range(1101)]
    assert await import_villages(database, *lines) == Counts(added=1101, changed=0, unchanged=0)
    assert await count(database, Village) == 1101


async def test_the_pilot_data_fill_an_empty_database(database: Database) -> None:
    await load_pilot_data(database)
    villages = list(csv.DictReader(io.StringIO(data.packaged(data.VILLAGES).decode())))
    assert await count(database, Municipality) == 12
    assert await count(database, Village) == len(villages)
    assert await count(database, Topic) == 21


async def test_the_pilot_data_do_not_return_what_an_operator_changed(database: Database) -> None:
    await load_pilot_data(database)
    await import_municipalities(database, JAZY.replace("Узгенский", "Озгонский"))
    before = await all_rows(database, Municipality)
    await load_pilot_data(database)
    assert await all_rows(database, Municipality) == before


async def test_an_operator_who_began_with_other_municipalities_gets_topics_alone(database: Database) -> None:
    await import_municipalities(database, JAZY)
    await load_pilot_data(database)
    assert (await count(database, Municipality), await count(database, Village)) == (1, 0)
    assert await count(database, Topic) == 21
