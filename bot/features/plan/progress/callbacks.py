"""Buttons of how far the measures are."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.plan import MeasureStatus


class AskProgress(CallbackData, prefix="prog"):
    """The next measure of the monthly round after the one with this number."""

    municipality_id: int
    after: int


class OpenProgress(CallbackData, prefix="progone"):
    """One measure, apart from the round."""

    measure_id: int


class SayProgress(CallbackData, prefix="progset"):
    """Still true? And go on with the round after this measure."""

    measure_id: int
    status: MeasureStatus


class AddToReport(CallbackData, prefix="progadd"):
    """A note, a photo, money."""

    measure_id: int


class ListUnchecked(CallbackData, prefix="chk"):
    """What is said to be done, for the monitoring group; 0 is the municipality of one's role."""

    municipality_id: int
    page: int


class OpenCheck(CallbackData, prefix="chkopen"):
    measure_id: int


class SayCheck(CallbackData, prefix="chkset"):
    """Confirm it, or contradict it: then words or a photo may follow."""

    measure_id: int
    agrees: bool
