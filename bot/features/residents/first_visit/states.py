"""What a typed message may be the answer to, and what a newcomer came for."""

# The name of a municipality, looked for however it is spelt.
PLACE = "start:place"
# Nothing typed: the problem whose link a newcomer followed, to be shown when the first visit is over.
LINKED = "start:linked"
