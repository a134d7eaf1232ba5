"""A facilitator asks the author of a problem; the bot carries question and answer, and names nobody."""
