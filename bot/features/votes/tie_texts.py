"""What a gathering decided, as everybody reads it."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.text import shortened
from bot.features.votes.tie_queries import Decision
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, fill

LONGEST = 160


def decision(vote: Vote, of: Decision) -> Markup:
    return fill(
        _("👥 The gathering put in this order: <b>{order}</b>. Who: {who}. Why: {why}"),
        order=order(vote, of.problem_ids),
        who=shortened(of.decided_by, LONGEST),
        why=shortened(of.reason, LONGEST),
    )


def order(vote: Vote, problem_ids: Sequence[int]) -> str:
    return ", ".join(f"№{vote.problems[each].number}" for each in problem_ids if each in vote.problems)
