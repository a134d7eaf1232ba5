"""Buttons of the record of a hearing."""

from aiogram.filters.callback_data import CallbackData


class EditRecord(CallbackData, prefix="hrec"):
    hearing_id: int


class AskPresentWomen(CallbackData, prefix="hrecw"):
    hearing_id: int


class AskPresentMen(CallbackData, prefix="hrecn"):
    hearing_id: int


class AskMinutes(CallbackData, prefix="hrecm"):
    hearing_id: int


class AddFromHall(CallbackData, prefix="hrech"):
    """Write down what was asked or proposed at the hearing."""

    hearing_id: int


class AskToSendRecord(CallbackData, prefix="hrecq"):
    hearing_id: int


class SendRecord(CallbackData, prefix="hrecok"):
    hearing_id: int


class TellRecordCorrection(CallbackData, prefix="hrect"):
    """Tell the followers of the correction made at the moment `at`, in seconds."""

    hearing_id: int
    at: int


class ShowRecord(CallbackData, prefix="hrecs"):
    hearing_id: int


class ShowMinutes(CallbackData, prefix="hrecf"):
    hearing_id: int
