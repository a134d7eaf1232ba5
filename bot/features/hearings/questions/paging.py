"""A page of questions, and the buttons that turn it."""

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.features.hearings.questions import list_texts
from bot.features.hearings.questions.queries import QuestionPage
from bot.telegram import texts as common
from bot.telegram.screen import button


def listed(title: Markup, found: QuestionPage) -> Markup:
    parts = [title]
    parts += [list_texts.item(place, each) for place, each in enumerate(found.questions, found.first_number)]
    if found.pages > 1:
        parts.append(list_texts.page_number(found.page, found.pages))
    return Markup("\n\n").join(parts)


def turning(found: QuestionPage, to: Callable[[int], CallbackData]) -> list[InlineKeyboardButton]:
    row = [button(common.previous_page(), to(found.page - 1))] if found.page else []
    return [*row, button(common.next_page(), to(found.page + 1))] if found.page + 1 < found.pages else row
