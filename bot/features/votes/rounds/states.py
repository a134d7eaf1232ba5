"""What a typed message may be the answer to."""

# The closing day of a vote about to be opened; `awaiting_id` is the municipality.
CLOSING_DAY = "voting:day"
