"""The last room: unknown or ancient buttons, stickers, edits and commands lead home, with fresh data."""
