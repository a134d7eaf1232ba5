"""What a typed message may be the answer to."""

# Why the other problems are not on the shortlist; `awaiting_id` is the screening.
LEFT_OUT = "voting:left_out"


# The closing day of a deciding stage; `awaiting_id` is the screening.
DECIDING_DAY = "voting:deciding_day"
