"""Buttons of reporting and of the lists of problems. A topic or village of 0 means "any" or "not known"."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.problem import Step


class StartReport(CallbackData, prefix="rep"):
    """Begin a report, or go on with the unfinished one."""


class GoToStep(CallbackData, prefix="step"):
    step: Step


class EditLine(CallbackData, prefix="edit"):
    """From the preview to one question, and straight back after the answer."""

    step: Step


class SkipStep(CallbackData, prefix="skip"):
    step: Step


class ListDraftVillages(CallbackData, prefix="dvils"):
    page: int


class SetDraftVillage(CallbackData, prefix="dvil"):
    village_id: int


class ListDraftTopics(CallbackData, prefix="dtops"):
    page: int


class SetDraftTopic(CallbackData, prefix="dtop"):
    topic_id: int


class SetDraftWho(CallbackData, prefix="dwho"):
    group: str


class ClearAttachments(CallbackData, prefix="dnomedia"):
    draft_id: int


class KeepPlace(CallbackData, prefix="dkeep"):
    """The place is right, however far it seems."""

    draft_id: int


class DropPlace(CallbackData, prefix="dplace"):
    """The place was sent by mistake."""

    draft_id: int


class DropAttachment(CallbackData, prefix="datt"):
    """Take one photo, voice message or place off; `source` is the update that it came with."""

    draft_id: int
    source: int


class SetVoicePublic(CallbackData, prefix="dvoice"):
    """Whether everybody may hear the voice message, or the facilitator alone."""

    draft_id: int
    on: bool


class DropPersonal(CallbackData, prefix="dpers"):
    """Leave the personal data out."""

    draft_id: int


class KeepPersonal(CallbackData, prefix="dpersok"):
    """The personal data are to stay."""

    draft_id: int


class SendReport(CallbackData, prefix="send"):
    draft_id: int


class LeaveReport(CallbackData, prefix="leave"):
    pass


class DropReport(CallbackData, prefix="drop"):
    draft_id: int


class FileOffered(CallbackData, prefix="offer"):
    """Yes, what I wrote out of the blue is a problem."""

    draft_id: int


class DeclineOffered(CallbackData, prefix="nooffer"):
    """No, it is none: forget it."""

    draft_id: int


class ShowOffered(CallbackData, prefix="offered"):
    """What I wrote out of the blue, and have not said of whether it is a problem."""


class ListMyProblems(CallbackData, prefix="mine"):
    page: int


class ShowMyProblem(CallbackData, prefix="my"):
    problem_id: int
    page: int


class BrowseProblems(CallbackData, prefix="all"):
    village_id: int
    topic_id: int
    page: int


class ListBrowseVillages(CallbackData, prefix="allvil"):
    topic_id: int
    page: int


class ListBrowseTopics(CallbackData, prefix="alltop"):
    village_id: int
    page: int


class SearchProblems(CallbackData, prefix="find"):
    pass


class ShowProblem(CallbackData, prefix="prob"):
    problem_id: int
    village_id: int
    topic_id: int
    page: int


class ShowAttachments(CallbackData, prefix="media"):
    problem_id: int


class ListSimilar(CallbackData, prefix="sims"):
    """The problems that look like the report being written."""


class SeeSimilar(CallbackData, prefix="sim"):
    problem_id: int


class SupportInstead(CallbackData, prefix="simyes"):
    """Mine too: stand behind that one instead of sending the report."""

    draft_id: int
    problem_id: int


class SupportWaiting(CallbackData, prefix="simwait"):
    """Mine too: stand behind a report that waits for the facilitator, unread."""

    draft_id: int
    problem_id: int


class SetSupport(CallbackData, prefix="too"):
    """Mine too, or not any more."""

    problem_id: int
    on: bool


class ListSupported(CallbackData, prefix="toos"):
    page: int
