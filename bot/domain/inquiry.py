"""A facilitator's question to the author of a problem."""

from bot.domain.problem import ProblemStatus

SHORTEST_INQUIRY = 5
LONGEST_INQUIRY = 300
# "Yes" is an answer.
SHORTEST_REPLY = 1
LONGEST_REPLY = 600
# What becomes of these is decided; there is nothing left to ask about.
BEYOND_ASKING = frozenset({ProblemStatus.DECLINED, ProblemStatus.MERGED})
