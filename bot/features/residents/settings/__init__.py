"""A resident's own settings: language, village, municipality."""
