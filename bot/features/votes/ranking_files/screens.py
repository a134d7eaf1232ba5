"""Choosing what a ranking is handed over as, and the bar while it is made."""

from markupsafe import Markup, escape

from bot.features.votes import ranking_texts as cards
from bot.features.votes.ranking_files import texts
from bot.features.votes.ranking_files.callbacks import Form, MakeRankingFile
from bot.features.votes.rounds.callbacks import ShowTurnout
from bot.features.votes.vote_queries import Vote
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button


def choices(vote: Vote, *, is_facilitator: bool, came_out_empty: bool = False) -> Screen:
    def made(words: str, form: Form) -> Row:
        return [button(words, MakeRankingFile(round_id=vote.round_id, form=form))]

    rows: list[Row] = [
        made(texts.in_pictures(), Form.PICTURES),
        made(texts.as_report(), Form.REPORT),
        made(texts.as_spreadsheet(), Form.SPREADSHEET),
        [*made(texts.as_csv(), Form.CSV), *made(texts.as_json(), Form.JSON)],
    ]
    home = home_button()
    back = [button(texts.to_vote(), ShowTurnout(round_id=vote.round_id)), home]
    words = [texts.choose(vote), *([escape(cards.too_few())] if came_out_empty else [])]
    return Screen(Markup("\n\n").join(words), [*rows, back if is_facilitator else [home]])


def being_made(vote: Vote, bar: str) -> Screen:
    return Screen(texts.being_made(vote, bar), [[home_button()]])
