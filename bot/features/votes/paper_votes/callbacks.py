"""Buttons of the gatherings that vote on paper."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Step(StrEnum):
    """What is asked about a sheet in the chat, in this order."""

    BATCH = "nr"
    VILLAGE = "vil"
    DAY = "day"
    PEOPLE = "who"
    METHOD = "how"
    NUMBERS = "num"
    VOTES = "vot"
    SIGNED = "sig"
    PHOTO = "pic"


class ListGatherings(CallbackData, prefix="gath"):
    round_id: int


class TurnGatherings(CallbackData, prefix="gathp"):
    round_id: int
    page: int


class ShowGathering(CallbackData, prefix="gathsee"):
    gathering_id: int


class ShowSheetPhoto(CallbackData, prefix="gathpic"):
    gathering_id: int


class AskToTakeBack(CallbackData, prefix="gathback"):
    gathering_id: int


class EnterSheet(CallbackData, prefix="gathnew"):
    round_id: int


class GoToSheetStep(CallbackData, prefix="gathstep"):
    draft_id: int
    step: Step


class ShowSheet(CallbackData, prefix="gathshow"):
    draft_id: int


class EditSheet(CallbackData, prefix="gathedit"):
    draft_id: int


class ListSheetVillages(CallbackData, prefix="gathvils"):
    draft_id: int
    page: int


class SetOnSheet(CallbackData, prefix="gathset"):
    """`value` is a village's id, a day as YYYYMMDD, or a word of the list."""

    draft_id: int
    step: Step
    value: str


class SaveSheet(CallbackData, prefix="gathsave"):
    draft_id: int


class CountAlikeSheet(CallbackData, prefix="gathboth"):
    """It looks like one that is counted, and is another one."""

    draft_id: int


class DropSheet(CallbackData, prefix="gathdrop"):
    draft_id: int


class GetSheetForm(CallbackData, prefix="gathform"):
    round_id: int


class SendSheetForm(CallbackData, prefix="gathfile"):
    round_id: int


class SendAlikeSheets(CallbackData, prefix="gathsure"):
    """The sheets of a spreadsheet that look like counted ones are other ones."""

    round_id: int


class PrintKit(CallbackData, prefix="gathkit"):
    round_id: int
