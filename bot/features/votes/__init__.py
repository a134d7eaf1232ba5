"""The vote: rounds, ballots, the short list, paper, ties, results and their files."""
