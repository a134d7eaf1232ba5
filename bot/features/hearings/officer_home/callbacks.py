"""Buttons of the office."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.hearing import Rule


class OpenOffice(CallbackData, prefix="off"):
    pass


class OpenOfficeOf(CallbackData, prefix="offof"):
    municipality_id: int


class OpenOfficeHearing(CallbackData, prefix="ohear"):
    """A hearing with all that an officer can do with it."""

    hearing_id: int


class ListPastHearings(CallbackData, prefix="offpast"):
    municipality_id: int
    page: int


class OpenRules(CallbackData, prefix="rules"):
    """What the municipality has settled for its hearings."""

    municipality_id: int


class AskRule(CallbackData, prefix="ruleq"):
    municipality_id: int
    rule: Rule


class SetRule(CallbackData, prefix="rule"):
    """The wanted value: days for the notice, hours for a reminder."""

    municipality_id: int
    rule: Rule
    value: int


class ListChats(CallbackData, prefix="chats"):
    municipality_id: int


class MakeChatCode(CallbackData, prefix="chatnew"):
    municipality_id: int


class OpenChat(CallbackData, prefix="chat"):
    """A linked group or channel; `chat_id` is ours, not Telegram's."""

    chat_id: int


class UnlinkChat(CallbackData, prefix="chatoff"):
    chat_id: int
