"""A problem in words, the same wherever it is shown."""
