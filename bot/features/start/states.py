"""What a typed message may be the answer to."""

# The name of a municipality, looked for however it is spelt.
PLACE = "start:place"
