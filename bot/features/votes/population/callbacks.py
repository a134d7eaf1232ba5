"""Buttons of the population table."""

from aiogram.filters.callback_data import CallbackData


class OpenPopulation(CallbackData, prefix="popul"):
    municipality_id: int


class GetPopulationForm(CallbackData, prefix="popform"):
    municipality_id: int
