"""After a result has stood undisputed for a time, the people are cut from its ballots."""
