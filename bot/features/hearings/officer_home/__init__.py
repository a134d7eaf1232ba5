"""The officer's office: the hearings of a municipality, its groups, and its own rules."""
