"""Buttons of those who hold roles."""

from aiogram.filters.callback_data import CallbackData


class ListHolders(CallbackData, prefix="roles"):
    """Who holds a role in a municipality."""

    municipality_id: int
    page: int


class AskToWithdraw(CallbackData, prefix="roleq"):
    """What will happen when this role is taken away; a role that is given again has another grant."""

    grant_id: int


class WithdrawRole(CallbackData, prefix="roleoff"):
    grant_id: int
