"""Buttons of the short list and of opening the deciding stage."""

from aiogram.filters.callback_data import CallbackData


class OpenShortlist(CallbackData, prefix="slist"):
    """`round_id` is the screening it is drawn from."""

    round_id: int
    page: int


class SetShortlisted(CallbackData, prefix="sput"):
    round_id: int
    problem_id: int
    page: int
    on: bool


class AskWhyLeftOut(CallbackData, prefix="swhy"):
    round_id: int


class UseUsualReason(CallbackData, prefix="susual"):
    round_id: int


class PlanDeciding(CallbackData, prefix="splan"):
    round_id: int


class SetDecidingDay(CallbackData, prefix="sday"):
    """`day` is written YYYYMMDD."""

    round_id: int
    day: int


class OpenDeciding(CallbackData, prefix="sopen"):
    round_id: int
    day: int
