"""Buttons of a disputed result."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.dispute import DisputeReason


class OpenDispute(CallbackData, prefix="dspt"):
    """How it stands, and what can be done."""

    round_id: int


class DisputeResult(CallbackData, prefix="dsptyes"):
    round_id: int
    reason: DisputeReason


class AskToEndDispute(CallbackData, prefix="dsptask"):
    round_id: int


class EndDispute(CallbackData, prefix="dsptend"):
    round_id: int
