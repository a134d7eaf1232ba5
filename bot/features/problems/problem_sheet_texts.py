"""A problem as one line of a table: what each column is called, how wide it is, and what stands in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.clock import BISHKEK
from bot.features.problems import card_texts as cards
from bot.features.problems.hidden_texts import hidden_words, hide_reason_words
from bot.features.problems.problem_sheet_queries import ProblemRecord
from bot.i18n import _, current_language, named

Cell = str | int | date


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters."""

    title: Callable[[], str]
    width: int
    cell: Callable[[ProblemRecord], Cell]


def sheet_problems() -> str:
    return _("Problems")


def about_record() -> str:
    return _("Causes, consequences and whom it touches are written down by the facilitator for planning.")


def _wording(of: ProblemRecord) -> str:
    if of.wording.is_removed:
        return cards.removed()
    if of.hidden:
        return hidden_words(of.hidden)
    return of.wording.read_in(current_language()) or _("In a voice message or photo, without words yet")


def _other_wording(of: ProblemRecord) -> str:
    """The other language's, where there are both."""
    if not of.wording.translation:
        return ""
    is_read = of.wording.is_translated_in(current_language())
    return of.wording.text if is_read else of.wording.translation


def _notes(of: ProblemRecord) -> str:
    return "\n".join(f"{each.at.astimezone(BISHKEK):%d.%m.%Y}: {each.text}" for each in of.notes)


def _state(of: ProblemRecord) -> str:
    """In the words of the screens, without the sign before them."""
    return cards.status_words(of.status).partition(" ")[2]


def _reason(of: ProblemRecord) -> str:
    """Why it is as it is."""
    if of.merged_into:
        return _("joined to problem №{number}").format(number=of.merged_into)
    if of.hidden:
        return hide_reason_words(of.hidden)
    if of.decline_reason:
        return of.decline_words or cards.reason_words(of.decline_reason)
    return of.outcome_words or ""


NUMBER = Column(lambda: _("No."), 6, lambda of: of.number)
WORDING = Column(lambda: _("Problem"), 50, _wording)
RECORD = (
    Column(lambda: _("Whom it touches"), 20, lambda of: cards.who_words(of.who) if of.who else ""),
    Column(lambda: _("Causes"), 30, lambda of: of.causes or ""),
    Column(lambda: _("Consequences"), 30, lambda of: of.consequences or ""),
)
FOR_PLANNING: Sequence[Column] = (
    NUMBER,
    Column(lambda: _("Village"), 18, lambda of: named(of.village)),
    Column(lambda: _("Topic"), 18, lambda of: named(of.topic) if of.topic else ""),
    WORDING,
    Column(lambda: _("In the other language"), 40, _other_wording),
    Column(lambda: _("Corrections"), 24, _notes),
    *RECORD,
    Column(lambda: _("Supporters"), 11, lambda of: of.supporters),
    Column(lambda: _("Outside LSG competence"), 14, lambda of: _("yes") if of.is_outside_competence else ""),
    Column(lambda: _("State"), 18, _state),
    Column(lambda: _("Reason for the state"), 30, _reason),
    Column(lambda: _("Reported on"), 12, lambda of: of.created_at.astimezone(BISHKEK).date()),
)
BESIDE_A_RANKING: Sequence[Column] = (NUMBER, WORDING, *RECORD)


def header(columns: Sequence[Column]) -> list[str]:
    return [column.title() for column in columns]


def row(columns: Sequence[Column], of: ProblemRecord) -> list[Cell]:
    return [column.cell(of) for column in columns]
