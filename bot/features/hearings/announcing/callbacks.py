"""Buttons of the announcement of a hearing. `hearing_id` is the draft's, unless it says otherwise."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.hearing import HearingKind
from bot.domain.hearing_draft import Step


class StartAnnouncement(CallbackData, prefix="ann"):
    municipality_id: int


class ContinueAnnouncement(CallbackData, prefix="anngo"):
    """Go on with a draft where it was left."""

    hearing_id: int


class ChangeHearing(CallbackData, prefix="hchg"):
    """Begin to change a hearing that was announced."""

    hearing_id: int


class AskToCancelHearing(CallbackData, prefix="hcanq"):
    """Of a hearing that was announced."""

    hearing_id: int


class SkipReason(CallbackData, prefix="hcannr"):
    """Go on to call a hearing off, without a reason."""

    hearing_id: int


class CancelHearing(CallbackData, prefix="hcan"):
    """Call a hearing off, for the reason given before."""

    hearing_id: int


class GoToLine(CallbackData, prefix="hline"):
    hearing_id: int
    step: Step


class SkipLine(CallbackData, prefix="hskip"):
    hearing_id: int
    step: Step


class SetHearingKind(CallbackData, prefix="hkind"):
    hearing_id: int
    kind: HearingKind


class TurnMonth(CallbackData, prefix="hmon"):
    """`month` as 202611."""

    hearing_id: int
    month: int


class SetHearingDay(CallbackData, prefix="hday"):
    """`day` as 20261125."""

    hearing_id: int
    day: int


class SetHearingTime(CallbackData, prefix="htime"):
    """`at` in minutes after midnight."""

    hearing_id: int
    at: int


class UseLast(CallbackData, prefix="hlast"):
    """The same answer as at the hearing before."""

    hearing_id: int
    step: Step


class DropDocuments(CallbackData, prefix="hdocx"):
    hearing_id: int


class ListInvited(CallbackData, prefix="hvils"):
    hearing_id: int
    page: int


class InviteVillage(CallbackData, prefix="hvil"):
    """The wanted state, never a toggle."""

    hearing_id: int
    village_id: int
    page: int
    on: bool


class InviteAll(CallbackData, prefix="hall"):
    hearing_id: int


class PreviewIn(CallbackData, prefix="hprev"):
    hearing_id: int
    language: str


class ListLines(CallbackData, prefix="hlines"):
    hearing_id: int
    page: int


class AnnounceHearing(CallbackData, prefix="hgo"):
    hearing_id: int


class ConfirmChanges(CallbackData, prefix="hchgok"):
    """`hearing_id` is that of the hearing which is changed."""

    hearing_id: int
    tell: bool


class AskToDiscard(CallbackData, prefix="hdropq"):
    hearing_id: int


class DiscardDraft(CallbackData, prefix="hdrop"):
    hearing_id: int
