"""Reporting a problem, one's own problems, and the published list."""
