"""Buttons of a facilitator's work on the words of a problem."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.moderation import Line


class EditProblem(CallbackData, prefix="pedit"):
    """All that can be changed, as it is now."""

    problem_id: int


class WriteLine(CallbackData, prefix="pline"):
    """Ask for one line, to be typed."""

    problem_id: int
    line: Line


class SetWordingLanguage(CallbackData, prefix="plang"):
    problem_id: int
    language: str


class ChangeVillage(CallbackData, prefix="pchvil"):
    problem_id: int
    page: int


class SetProblemVillage(CallbackData, prefix="pvil"):
    problem_id: int
    village_id: int


class ChangeTopic(CallbackData, prefix="ptops"):
    problem_id: int
    page: int


class SetProblemTopic(CallbackData, prefix="ptop"):
    """0 for none that fits."""

    problem_id: int
    topic_id: int


class SetCompetence(CallbackData, prefix="pout"):
    """Whether the municipality cannot solve it alone."""

    problem_id: int
    outside: bool


class ShowOriginal(CallbackData, prefix="porig"):
    """What its author wrote, beside what it says now."""

    problem_id: int


class RedactFound(CallbackData, prefix="pcutall"):
    """Take out all personal data that are found in a problem."""

    problem_id: int


class AskRedaction(CallbackData, prefix="pcut"):
    """Ask for the words that are to be taken out of a problem, wherever they stand."""

    problem_id: int
