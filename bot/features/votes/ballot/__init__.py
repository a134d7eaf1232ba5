"""A vote: opened and closed at the desk, cast on the phone."""
