"""Who takes part: the first visit and home, settings, roles, leaving, and what nobody else took."""
