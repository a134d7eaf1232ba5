"""Buttons of the first visit and of the home screen."""

from aiogram.filters.callback_data import CallbackData


class ListOblasts(CallbackData, prefix="obls"):
    pass


class ListDistricts(CallbackData, prefix="dists"):
    oblast: str


class ListMunicipalities(CallbackData, prefix="muns"):
    district: str


class ChooseMunicipality(CallbackData, prefix="mun"):
    municipality_id: int


class MoveToMunicipality(CallbackData, prefix="move"):
    """Confirmed: leave the present municipality and its open votes."""

    municipality_id: int


class ListVillages(CallbackData, prefix="vils"):
    page: int


class ChooseVillage(CallbackData, prefix="vil"):
    village_id: int


class Agree(CallbackData, prefix="agree"):
    pass
