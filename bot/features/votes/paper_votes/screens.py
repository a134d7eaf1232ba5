"""The gatherings of a vote at the desk, one of them, and what a filled spreadsheet came to."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.gathering import Tally
from bot.domain.paging import page_of
from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.votes.gathering_queries import Gathering
from bot.features.votes.paper_votes import entry_texts, texts
from bot.features.votes.paper_votes.callbacks import (
    AskToTakeBack,
    EnterSheet,
    GetSheetForm,
    ListGatherings,
    PrintKit,
    SendAlikeSheets,
    SendSheetForm,
    ShowGathering,
    ShowSheetPhoto,
    TurnGatherings,
)
from bot.features.votes.rounds.callbacks import ShowTurnout
from bot.features.votes.vote_queries import Vote
from bot.prints import form_texts as cards
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

SHEETS_A_PAGE = 4


def gatherings(
    vote: Vote,
    found: Sequence[Gathering],
    wanted: int,
    *,
    has_draft: bool = False,
    just_entered: bool = False,
) -> Screen:
    """The newest first."""
    may_enter = vote.counted_at is None
    shown, page = page_of(list(reversed(found)), wanted, SHEETS_A_PAGE)
    round_id = vote.round_id
    rows: list[Row] = []
    if may_enter:
        words = texts.go_on_entering() if has_draft else texts.enter()
        rows.append([button(words, EnterSheet(round_id=round_id))])
    rows += stacked([button(texts.choice(each), ShowGathering(gathering_id=each.id)) for each in shown])
    rows.append(pager(page, lambda number: TurnGatherings(round_id=round_id, page=number)))
    if may_enter:
        rows.append([button(texts.get_form(), GetSheetForm(round_id=round_id))])
        rows.append([button(texts.send_form(), SendSheetForm(round_id=round_id))])
        rows.append([button(texts.print_kit(), PrintKit(round_id=round_id))])
    rows.append([button(texts.to_vote(), ShowTurnout(round_id=round_id))])
    return Screen(texts.gatherings(vote, found, may_enter=may_enter, just_entered=just_entered), rows)


def gathering(vote: Vote, found: Gathering, tally: Tally) -> Screen:
    rows: list[Row] = []
    if found.photo_file_id:
        rows.append([button(texts.see_photo(), ShowSheetPhoto(gathering_id=found.id))])
    if found.counts and vote.counted_at is None:
        rows.append([button(texts.take_back(), AskToTakeBack(gathering_id=found.id))])
    words = entry_texts.sheet(vote, tally, found.batch, has_photo=bool(found.photo_file_id))
    if not found.counts:
        words = Markup("\n\n").join([texts.was_taken_back(found), words])
    back = button(texts.to_gatherings(), ListGatherings(round_id=found.round_id))
    return Screen(words, [*rows, [back]])


def why_take_back(found: Gathering) -> Screen:
    return Screen(texts.why_take_back(found), [[button(common.back(), ShowGathering(gathering_id=found.id))]])


def send_it_now(round_id: int) -> Screen:
    return Screen(texts.send_it_now(), [_form(round_id), _back(round_id)])


def _form(round_id: int) -> Row:
    return [button(texts.get_form(), GetSheetForm(round_id=round_id))]


def _back(round_id: int) -> Row:
    return [button(texts.to_gatherings(), ListGatherings(round_id=round_id))]


def entered(round_id: int, new: int, known: int) -> Screen:
    return Screen(texts.entered(new, known), [_back(round_id)])


def nothing_filled_in(round_id: int) -> Screen:
    return Screen(texts.nothing_filled_in(), [_form(round_id), _back(round_id)])


def alike(round_id: int, pairs: Sequence[tuple[str, str]]) -> Screen:
    """`pairs` are the numbers of sheets in the file, each with that of the sheet it looks like."""
    sure = [button(texts.they_are_others(), SendAlikeSheets(round_id=round_id))]
    return Screen(texts.alike(pairs), [sure, _back(round_id)])


def send_alike_now(round_id: int) -> Screen:
    return Screen(texts.send_alike_now(), [_back(round_id)])


def wrong_cells(round_id: int, flaws: Sequence[CellFlaw]) -> Screen:
    return Screen(cards.wrong_cells(flaws), [_back(round_id)])
