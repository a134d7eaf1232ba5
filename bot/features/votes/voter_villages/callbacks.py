"""Buttons of the voters' villages, and of the figures to look at."""

from aiogram.filters.callback_data import CallbackData


class ListVoterVillages(CallbackData, prefix="voters"):
    round_id: int


class TurnVoterVillages(CallbackData, prefix="voterp"):
    round_id: int
    page: int


class ListVoters(CallbackData, prefix="votin"):
    round_id: int
    village_id: int
    page: int


class ChangeVoterVillage(CallbackData, prefix="votch"):
    ballot_id: int
    page: int


class SetVoterVillage(CallbackData, prefix="votset"):
    ballot_id: int
    village_id: int


class ShowAnomalies(CallbackData, prefix="anom"):
    round_id: int
