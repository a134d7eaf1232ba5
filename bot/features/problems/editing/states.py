"""What a typed message may be the answer to; `awaiting_id` is the problem."""

# A line of the problem or of its record, which follows.
LINE = "wording:"
# The words that are to be taken out; `awaiting_id` is the problem.
REDACT = "redact"
