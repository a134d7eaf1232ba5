"""What is awaited from whoever publishes the plan."""

# A file with the plan; `awaiting_id` is the municipality.
FILE = "plan:file"
# The resolution in three lines, then its scan; `awaiting_id` is the draft.
RESOLUTION = "plan:resolution"
SCAN = "plan:scan"
# What a new measure is; `awaiting_id` is an item in the draft, one of the same problem.
ADDED = "plan:added"
# New words for a part of a measure, which follows; `awaiting_id` is its item in the draft.
PARTS = "plan-part:"
