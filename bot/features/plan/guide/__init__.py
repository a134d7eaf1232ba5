"""Five short cards: the plan, problems, hearings, money, the year."""
