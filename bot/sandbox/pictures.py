"""How large a picture is, read from its first bytes; enough to tell a photo from something else."""

from collections.abc import Callable, Mapping

Size = tuple[int, int]
# Markers of a JPEG that hold the size; the others in that range mean tables.
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of(content: bytes) -> Size | None:
    """Width and height of a PNG, JPEG, GIF or WebP; None for anything else."""
    for start, read in READERS.items():
        if content.startswith(start):
            try:
                return read(content)
            except IndexError:
                return None
    return None


def _png(content: bytes) -> Size | None:
    return _big(content, 16, 4), _big(content, 20, 4)


def _gif(content: bytes) -> Size | None:
    return content[6] + content[7] * 256, content[8] + content[9] * 256


def _webp(content: bytes) -> Size | None:
    if content[8:12] != b"WEBP":
        return None
    if content[12:16] == b"VP8X":
        return 1 + _small(content, 24, 3), 1 + _small(content, 27, 3)
    if content[12:16] == b"VP8L":
        bits = _small(content, 21, 4)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return _small(content, 26, 2) & 0x3FFF, _small(content, 28, 2) & 0x3FFF


def _jpeg(content: bytes) -> Size | None:
    at = 2
    while content[at] == 0xFF:
        if content[at + 1] in JPEG_FRAMES:
            return _big(content, at + 7, 2), _big(content, at + 5, 2)
        at += 2 + _big(content, at + 2, 2)
    return None


def _big(content: bytes, at: int, length: int) -> int:
    if len(content) < at + length:
        raise IndexError(at)
    return int.from_bytes(content[at : at + length], "big")


def _small(content: bytes, at: int, length: int) -> int:
    if len(content) < at + length:
        raise IndexError(at)
    return int.from_bytes(content[at : at + length], "little")


READERS: Mapping[bytes, Callable[[bytes], Size | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8": _jpeg,
    b"GIF8": _gif,
    b"RIFF": _webp,
}
