"""What a typed message may be the answer to."""

# The number of the problem to join to; `awaiting_id` is the problem to be joined.
TARGET = "merging:target"
