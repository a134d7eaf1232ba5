"""The size of a picture is read from its first bytes, whatever its kind."""

import struct

import pytest

from bot.sandbox.pictures import size_of

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc4\x00\x02\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 480, 640)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480),
        b"GIF89a" + struct.pack("<HH", 640, 480),
        JPEG,
        b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little"),
        b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + (639 | 479 << 14).to_bytes(4, "little"),
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 640, 480),
    ],
    ids=["png", "gif", "jpeg", "webp", "webp lossless", "webp lossy"],
)
def test_every_kind_of_picture_is_measured(content: bytes) -> None:
    assert size_of(content) == (640, 480)


@pytest.mark.parametrize("content", [b"", b"<svg/>", JPEG[:-2], b"\xff\xd8", b"RIFF\0\0\0\0WAVEfmt "])
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert size_of(content) is None
