"""From voice to plan: who reported hears which measure answers them, or why none does."""
