"""What a typed message may be the answer to."""

# The order of a band, who decided it and why. The band's first place follows; `awaiting_id` is the round.
DECISION = "tie:"
