"""The plan: drafted, adopted, read, kept true, and the problems it answers."""
