"""What a file may be the answer to."""

# The population table, filled in; `awaiting_id` is the municipality.
FILE = "population-file"
