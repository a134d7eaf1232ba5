"""What a typed message may be the answer to."""

# Of an officer; `awaiting_id` is the hearing.
PRESENT_WOMEN = "record:women"


PRESENT_MEN = "record:men"


MINUTES = "record:minutes"
