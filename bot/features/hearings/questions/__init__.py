"""Questions and proposals for a hearing, their answers, and the record of what came of it."""
