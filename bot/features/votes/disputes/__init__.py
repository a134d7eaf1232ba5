"""A result that is disputed: its ballots are kept as they are until that is settled."""
