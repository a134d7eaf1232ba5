"""What a row of each importable file must be, and in which words the operator is told."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from bot.db.csv_rows import Flaw, Row

LONGEST_NAME = 60
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
ShortName = Annotated[str, _at_most(LONGEST_SHORT_NAME)]
LongName = Annotated[str, _at_most(LONGEST_TEXT)]
Note = Annotated[str, _at_most(LONGEST_TEXT, shortest=0)]
Emoji = Annotated[str, _at_most(LONGEST_EMOJI)]
Number = Annotated[int, _matching(r"[1-9][0-9]{0,3}", "a whole number from 1 to 9999")]
Population = Annotated[
    int | None, _matching(r"0|[1-9][0-9]{0,8}", "a whole number, 0 or more, without spaces", optional=True)
]
YesOrNo = Annotated[bool, _matching(r"[01]", "1 for yes or 0 for no")]


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MunicipalityEntry(Entry):
    slug: Slug
    register_code: RegisterCode
    name_ky: Name
    name_ru: Name
    district_ky: Name
    district_ru: Name
    oblast_ky: Name
    oblast_ru: Name
    note: Note


class VillageEntry(Entry):
    municipality: Slug
    register_code: RegisterCode
    name_ky: Name
    name_ru: Name
    population: Population


class TopicEntry(Entry):
    number: Number
    place: Number
    short_ky: ShortName
    short_ru: ShortName
    name_ky: LongName
    name_ru: LongName
    within_lsg_competence: YesOrNo
    emoji: Emoji


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read to its end: its good rows as entries, all its rows, and what is wrong in them."""

    entries: list[Any]
    rows: list[Row]
    flaws: list[Flaw]


# Two rows may not agree in any of these; a village's name need only differ within its municipality.
UNIQUE: dict[type[Entry], tuple[tuple[str, ...], ...]] = {
    MunicipalityEntry: (("slug",), ("register_code",)),
    VillageEntry: (("municipality", "name_ky"), ("register_code",)),
    TopicEntry: (("number",), ("emoji",)),
}
