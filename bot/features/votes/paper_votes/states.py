"""What a typed message or a file may be the answer to."""

# A step of a sheet being entered; its name follows, and `awaiting_id` is the draft.
STEP = "gathering:"
# Why a sheet is taken back; `awaiting_id` is the gathering.
REASON = "gathering-reason"
# The spreadsheet with sheets; `awaiting_id` is the round.
FILE = "gathering-file"
# The same, with sheets that look like counted ones and are not.
FILE_OF_ALIKE = "gathering-file-alike"
