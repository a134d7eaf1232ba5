"""Buttons of the plan as everybody reads it."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class View(StrEnum):
    """Which measures a list holds; `key` of the list says of which direction, village or status."""

    ALL = "a"
    DIRECTION = "d"
    VILLAGE = "v"
    STATUS = "s"
    LATE = "l"


class OpenPlan(CallbackData, prefix="plan"):
    """The plan of one's own municipality that is in force."""


class OpenPlanOf(CallbackData, prefix="planof"):
    version_id: int


class OpenPlanPapers(CallbackData, prefix="plmore"):
    """Pictures, paper, data, the resolution, versions."""

    version_id: int


class ListDirections(CallbackData, prefix="pldir"):
    version_id: int


class ListPlanVillages(CallbackData, prefix="plvil"):
    version_id: int
    page: int


class ListMeasures(CallbackData, prefix="plms"):
    version_id: int
    view: View
    key: int
    page: int


class SearchPlan(CallbackData, prefix="plfind"):
    version_id: int


class ShowPlanItem(CallbackData, prefix="plitem"):
    item_id: int


class ShowMeasure(CallbackData, prefix="meas"):
    """A measure as the newest version has it."""

    measure_id: int


class FollowMeasure(CallbackData, prefix="measfol"):
    measure_id: int
    on: bool


class SendMeasurePhotos(CallbackData, prefix="measpic"):
    measure_id: int


class CommentItem(CallbackData, prefix="plcom"):
    """Of a draft that is shown for discussion."""

    item_id: int


class SendPlanPictures(CallbackData, prefix="plpic"):
    version_id: int


class SendPlanPaper(CallbackData, prefix="plpdf"):
    version_id: int


class SendPlanData(CallbackData, prefix="pldata"):
    version_id: int


class SendResolution(CallbackData, prefix="plscan"):
    version_id: int


class ListVersions(CallbackData, prefix="plvers"):
    municipality_id: int


class ShowChanges(CallbackData, prefix="plnew"):
    """What a version changed in the one before it."""

    version_id: int
    page: int
