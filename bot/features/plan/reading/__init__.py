"""Our plan: read by everybody, followed, spoken of, taken home as pictures, paper and data."""
