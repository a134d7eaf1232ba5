"""What a typed message may be the answer to; `awaiting_id` is the problem."""

# Words for an outcome, which follows.
OUTCOME = "outcome:"
# The author says or shows why it is not solved.
UNSOLVED = "unsolved"
