"""The database: tables, the one door to transactions, and what several features ask of it."""
