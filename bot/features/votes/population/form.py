"""The population table as a spreadsheet: a row for each village, with what is known filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.places import Municipality, Village
from bot.domain.refusals import NotThisForm
from bot.domain.spreadsheet_safety import CellFlaw
from bot.domain.text_folding import fold
from bot.domain.voter import AgeGroup, Sex
from bot.features.votes.population import texts
from bot.i18n import named, speaking
from bot.prints import form_texts as cards
from bot.prints.forms import Field, Filled, FilledRow, Form, form, read_form, require_few
from bot.prints.spreadsheets import Cell

Known = Mapping[tuple[int, Sex, AgeGroup], int]
CELLS = [(sex, age_group) for sex in Sex for age_group in AgeGroup]
VILLAGE = "village"


def population_form(place: Municipality, villages: Sequence[Village], known: Known) -> bytes:
    rows: list[list[Cell]] = [
        [named(each.name), *(known.get((each.id, *cell), "") for cell in CELLS)] for each in villages
    ]
    fields = [
        Field(VILLAGE, texts.column_village(), 24),
        *(Field(_key(*cell), texts.column(*cell), 16, is_number=True) for cell in CELLS),
    ]
    return form(Form(_mark(place.id), texts.sheet(), texts.title(place.name), texts.note(), fields, rows))


def _mark(municipality_id: int) -> str:
    return f"bap:population:{municipality_id}"


def _key(sex: Sex, age_group: AgeGroup) -> str:
    return f"{sex}-{age_group}"


@dataclass(frozen=True, slots=True)
class ReadPopulation:
    """The people of each village, in the order of `CELLS`; or everything that is wrong with the file."""

    villages: Mapping[int, Sequence[int]]
    flaws: Sequence[CellFlaw]

    @property
    def is_empty(self) -> bool:
        return not self.villages


def read_population_form(
    content: bytes, municipality_id: int, villages: Sequence[Village], language: str
) -> ReadPopulation:
    """Called by `read_apart`. Raises `NotThisForm`, also when it was given out for another municipality."""
    with speaking(language):
        return _read_population(read_form(content), municipality_id, villages)


def _read_population(filled: Filled, municipality_id: int, villages: Sequence[Village]) -> ReadPopulation:
    if filled.mark != _mark(municipality_id) or not {VILLAGE, *(_key(*cell) for cell in CELLS)} <= set(
        filled.keys
    ):
        raise NotThisForm
    id_of = {fold(name): each.id for each in villages for name in (each.name.ru, each.name.ky)}
    seen: dict[int, int] = {}
    read = dict(found for each in filled.rows if (found := _read(each, id_of, seen)))
    flaws = require_few(sorted(flaw for row in filled.rows for flaw in row.flaws))
    return ReadPopulation(read, flaws)


def _read(row: FilledRow, id_of: Mapping[str, int], seen: dict[int, int]) -> tuple[int, list[int]] | None:
    written = row.text(VILLAGE)
    village_id = id_of.get(fold(written))
    people = [row.number(_key(*cell), cards.no_number) for cell in CELLS]
    if village_id is None:
        row.flaw(VILLAGE, cards.no_village(written))
        return None
    if seen.setdefault(village_id, row.row) != row.row:
        row.flaw(VILLAGE, texts.repeated(seen[village_id]))
    return village_id, people
