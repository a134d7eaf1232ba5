"""Buttons of a question to the author of a problem."""

from aiogram.filters.callback_data import CallbackData


class AskAuthor(CallbackData, prefix="iask"):
    problem_id: int


class TakeBackInquiry(CallbackData, prefix="iback"):
    """Ask this no more: it has not been answered yet."""

    inquiry_id: int


class ShowAnswerMedia(CallbackData, prefix="imedia"):
    """What the author answered with voice messages and photos."""

    problem_id: int


class AnswerInquiry(CallbackData, prefix="ians"):
    """The author's button."""

    inquiry_id: int
