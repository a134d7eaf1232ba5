"""What is handed out as files, by their names."""

Files = dict[str, bytes]


class NothingToExport(Exception):
    """There is no such place or hearing, or nothing of it yet; the words say which."""
