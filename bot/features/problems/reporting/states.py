"""What a typed message may be the answer to."""

# The question of the draft's present step.
REPORT = "problems:report"
# Words to look for among the published problems.
SEARCH = "problems:search"
