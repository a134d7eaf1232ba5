"""Buttons of the ballot, of what voters say of themselves, and of opening, closing and publishing a vote."""

from aiogram.filters.callback_data import CallbackData


class OpenBallot(CallbackData, prefix="vote"):
    round_id: int


class TurnBallot(CallbackData, prefix="vpage"):
    round_id: int
    page: int


class CastVote(CallbackData, prefix="cast"):
    """The wanted state, never a toggle: pressing twice is pressing once."""

    round_id: int
    problem_id: int
    page: int
    on: bool


class FinishBallot(CallbackData, prefix="vdone"):
    round_id: int


class ShowCandidate(CallbackData, prefix="vread"):
    """A problem of the ballot, whole; `page` is where the ballot lay open."""

    round_id: int
    problem_id: int
    page: int


class ShowCode(CallbackData, prefix="vcode"):
    round_id: int


class AskAboutMe(CallbackData, prefix="me"):
    """`round_id` is the vote to go on to; 0 leads back to the settings."""

    round_id: int


class TellSex(CallbackData, prefix="mesex"):
    """An empty `sex` is "rather not say"."""

    round_id: int
    sex: str


class TellAge(CallbackData, prefix="meage"):
    round_id: int
    age_group: str
