"""What a row of each importable file must be, and in which words the operator is told."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from bot.db.csv_rows import Flaw, Row, in_cell, read_rows

LONGEST_NAME = 60
# A district or oblast travels in a button's data: 64 bytes, two of them a letter, and the name of the act.
LONGEST_AREA = 28
LONGEST_TEXT = 300
LONGEST_SHORT_NAME = 22
LONGEST_EMOJI = 8


def _expected(what: str) -> PydanticCustomError:
    return PydanticCustomError("expected", "{what}", {"what": what})


def _matching(pattern: str, what: str, *, optional: bool = False) -> BeforeValidator:
    """A cell of a fixed form; an empty one means "not known" where that is allowed."""

    def check(cell: str) -> str | None:
        if optional and not cell:
            return None
        if not re.fullmatch(pattern, cell):
            raise _expected(f"{what}, or nothing" if optional else what)
        return cell

    return BeforeValidator(check)


def _at_most(longest: int, *, shortest: int = 1) -> AfterValidator:
    what = f"{shortest} to {longest} characters, none of them invisible"

    def check(cell: str) -> str:
        # PostgreSQL cannot store the character NUL, and no other control character belongs in a name.
        if not shortest <= len(cell) <= longest or any(unicodedata.category(sign) == "Cc" for sign in cell):
            raise _expected(what)
        return cell

    return AfterValidator(check)


Slug = Annotated[str, _matching(r"[a-z0-9-]{2,40}", "2 to 40 of the letters a-z, digits and hyphens")]
RegisterCode = Annotated[
    str | None,
    _matching(
        r"[0-9]{14}",
        "14 digits (keep the column as text in the spreadsheet, or it shortens them)",
        optional=True,
    ),
]
Name = Annotated[str, _at_most(LONGEST_NAME)]
AreaName = Annotated[str, _matching(r"[^:]*", "a name without a colon"), _at_most(LONGEST_AREA)]
ShortName = Annotated[str, _at_most(LONGEST_SHORT_NAME)]
LongName = Annotated[str, _at_most(LONGEST_TEXT)]
Note = Annotated[str, _at_most(LONGEST_TEXT, shortest=0)]
Emoji = Annotated[str, _at_most(LONGEST_EMOJI)]
Number = Annotated[int, _matching(r"[1-9][0-9]{0,3}", "a whole number from 1 to 9999")]
Population = Annotated[
    int | None, _matching(r"0|[1-9][0-9]{0,8}", "a whole number, 0 or more, without spaces", optional=True)
]
People = Annotated[int, _matching(r"0|[1-9][0-9]{0,8}", "a whole number, 0 or more, without spaces")]
YesOrNo = Annotated[bool, _matching(r"[01]", "1 for yes or 0 for no")]


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    # Two rows of a file may not agree in any of these groups of columns.
    unique: ClassVar[tuple[tuple[str, ...], ...]]


class MunicipalityEntry(Entry):
    unique = (("slug",), ("register_code",))

    slug: Slug
    register_code: RegisterCode
    name_ky: Name
    name_ru: Name
    district_ky: AreaName
    district_ru: AreaName
    oblast_ky: AreaName
    oblast_ru: AreaName
    note: Note


class VillageEntry(Entry):
    unique = (("municipality", "name_ky"), ("register_code",))

    municipality: Slug
    register_code: RegisterCode
    name_ky: Name
    name_ru: Name
    population: Population


class TopicEntry(Entry):
    unique = (("number",),)

    number: Number
    place: Number
    short_ky: ShortName
    short_ru: ShortName
    name_ky: LongName
    name_ru: LongName
    within_lsg_competence: YesOrNo
    emoji: Emoji


class PopulationEntry(Entry):
    """People old enough to vote, by village."""

    unique = (("municipality", "village"),)

    municipality: Slug
    village: Name
    women_under35: People
    women_from35: People
    men_under35: People
    men_from35: People


Some = TypeVar("Some", bound=Entry)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Some]):
    """A file read to its end: its rows, those of them that are sound as entries, and what is wrong."""

    rows: list[Row]
    entries: list[Some]
    flaws: list[Flaw]


def read_sheet(content: bytes, kind: type[Some]) -> Sheet[Some]:
    """Read all rows as entries of `kind`, going on after a bad one so that all are told at once."""
    rows, flaws = read_rows(content, list(kind.model_fields))
    entries: list[Some] = []
    for row in rows:
        try:
            entries.append(kind.model_validate(row.cells))
        except ValidationError as error:
            flaws += [in_cell(row, str(each["loc"][0]), each["msg"]) for each in error.errors()]
    for columns in kind.unique:
        flaws += _repeated(rows, columns)
    return Sheet(rows, entries, flaws)


def _repeated(rows: list[Row], columns: tuple[str, ...]) -> Iterator[Flaw]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        content = tuple(row.cells[column] for column in columns)
        if all(content) and first.setdefault(content, row.number) != row.number:
            told = "columns" if len(columns) > 1 else "column"
            yield Flaw(
                row.number,
                f", {told} {' and '.join(columns)}: expected no repetition;"
                f' "{", ".join(content)}" stands already in row {first[content]}',
            )
