"""The result of a counted vote, for everybody."""
