"""Every act of the journal in words."""

from collections.abc import Callable

from bot.i18n import _

ACTS: dict[str, Callable[[], str]] = {
    "problem.published": lambda: _("Published"),
    "problem.declined": lambda: _("Not published"),
    "problem.merged": lambda: _("Joined to another problem"),
    "problem.unmerged": lambda: _("The joining was undone"),
    "problem.split": lambda: _("Split off again"),
    "problem.shortlisted": lambda: _("Put on the short list"),
    "problem.unshortlisted": lambda: _("Taken off the short list"),
    "problem.planned": lambda: _("Taken into the plan"),
    "problem.left_out": lambda: _("Not taken into the plan"),
    "problem.doing": lambda: _("Work has begun"),
    "problem.done": lambda: _("Said to be solved"),
    "problem.reopened": lambda: _("Said not to be solved yet"),
    "problem.confirmed": lambda: _("Confirmed as solved"),
    "problem.wording": lambda: _("The wording was changed"),
    "problem.translation": lambda: _("Translated"),
    "problem.note": lambda: _("A note was added"),
    "problem.topic": lambda: _("The topic was changed"),
    "problem.language": lambda: _("The language was changed"),
    "problem.village": lambda: _("The village was changed"),
    "problem.outside_competence": lambda: _("Said whose competence it is"),
    "problem.causes": lambda: _("The causes were written down"),
    "problem.consequences": lambda: _("The consequences were written down"),
    "problem.who": lambda: _("Said whom it touches"),
    "problem.recorded": lambda: _("The record was filled in"),
    "problem.asked": lambda: _("The author was asked"),
    "problem.unasked": lambda: _("A question to the author was taken back"),
    "problem.answered": lambda: _("The author has answered"),
    "problem.held": lambda: _("Taken in hand"),
    "problem.released": lambda: _("Put back into the queue"),
    "problem.supported": lambda: _("Somebody supports it"),
    "problems.exported": lambda: _("The list of problems was exported"),
    "poster.printed": lambda: _("A poster was made"),
    "ranking.exported": lambda: _("The ranking was exported"),
    "vote.opened": lambda: _("A vote was opened"),
    "vote.closed": lambda: _("A vote was closed"),
    "hearing.announced": lambda: _("A hearing was announced"),
    "hearing.changed": lambda: _("A hearing was changed"),
    "hearing.cancelled": lambda: _("A hearing was called off"),
    "dispatch.exported": lambda: _("The dispatch report was exported"),
    "broadcast.stopped": lambda: _("The sending was stopped"),
    "question.added": lambda: _("A question from the hall was added"),
    "question.answered": lambda: _("A question was answered"),
    "question.corrected": lambda: _("An answer was corrected"),
    "question.told": lambda: _("A correction was told"),
    "question.hidden": lambda: _("A question was hidden"),
    "question.shown": lambda: _("A question was shown again"),
    "questions.printed": lambda: _("The questions were printed"),
    "record.changed": lambda: _("The record of a hearing was changed"),
    "record.sent": lambda: _("The record of a hearing was sent"),
    "record.told": lambda: _("A correction of the record was told"),
    "rule.changed": lambda: _("A rule of the municipality was changed"),
    "chat.code": lambda: _("A code for a group was made"),
    "chat.linked": lambda: _("A group was linked"),
    "chat.unlinked": lambda: _("A group was unlinked"),
    "invite.made": lambda: _("An invitation to a role was made"),
    "invite.accepted": lambda: _("An invitation to a role was accepted"),
    "role.returned": lambda: _("A role was given back"),
}


def act_words(act: str) -> str:
    """One that came with another version of the program has no words here, and is shown all the same."""
    words = ACTS.get(act)
    return words() if words else _("Something else was done")
