"""What a typed message may be the answer to."""

# The reason for declining a problem in the facilitator's own words; `awaiting_id` is the problem.
OWN_REASON = "moderation:reason"
# The number or the words of a problem to be found; `awaiting_id` is the municipality.
FIND = "moderation:find"
# Why a problem is hidden, in the facilitator's own words; `awaiting_id` is the problem.
WHY_HIDE = "moderation:hide"
