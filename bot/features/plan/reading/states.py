"""What a typed message may be the answer to."""

# Words to look for; `awaiting_id` is the version.
SEARCH = "plan:search"
# An opinion on a measure of a draft; `awaiting_id` is its item.
COMMENT = "plan:comment"
