"""Office files are packed XML. What a person sent is unpacked with care, and packed again for the libraries.

The libraries believe what a file says of itself: how large its parts are, which of two parts of one name is
meant, how a path is written. Here everything is counted while it is unpacked, empty elements, too.
"""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from bot.domain.refusals import FileNotOpened, FileTooLarge, NotThisForm

MOST_BYTES = 5 * 1024 * 1024
# What the file may take unpacked, so that a small file cannot fill the memory.
MOST_UNPACKED = 60 * 1024 * 1024
# A form has about 20, a Word file with a photo on every page a few hundred.
MOST_PARTS = 1000
# Text packs to a tenth, a table of empty cells to a fiftieth; only what is the same throughout packs to less.
MOST_RATIO = 250
FEWEST_SUSPECT_BYTES = 4 * 1024 * 1024
# The largest plan that is taken has about 600 thousand.
MOST_ELEMENTS = 2_000_000
_PORTION = 1024 * 1024
# Every packed file ends with a record of so many bytes at least.
_SHORTEST = 22
_PACKED, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# "Strict Open XML", as Excel and Word may save it, has other names for the same things.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


def repacked(content: bytes) -> BytesIO:
    """The same parts in a file that keeps its word. Raises `FileTooLarge`, `FileNotOpened`, `NotThisForm`."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            _require_modest(parts)
            return _repacked(packed, parts)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _not_opened(content) from error


def _not_opened(content: bytes) -> NotThisForm:
    """An office file that is broken, or of an old kind, can be saved again; anything else is no such file."""
    is_office = len(content) > _SHORTEST and content.startswith((_PACKED, _OLD_OFFICE))
    return FileNotOpened() if is_office else NotThisForm()


def _require_modest(parts: list[ZipInfo]) -> None:
    """By what the file says of itself, before anything is unpacked."""
    unpacked = sum(each.file_size for each in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise FileTooLarge
    if any(_is_suspect(each.file_size, each.compress_size) for each in parts):
        raise FileTooLarge


def _is_suspect(unpacked: int, packed: int) -> bool:
    return unpacked > FEWEST_SUSPECT_BYTES and unpacked > MOST_RATIO * packed


def _repacked(packed: ZipFile, parts: list[ZipInfo]) -> BytesIO:
    content = BytesIO()
    unpacked = elements = 0
    with ZipFile(content, "w") as again:
        # Of two parts of one name, readers take the last.
        for name, part in {_name(each): each for each in parts if not each.is_dir()}.items():
            words = _unpack(packed, part, MOST_UNPACKED - unpacked)
            unpacked += len(words)
            if name.lower().endswith((".xml", ".rels")):
                elements += words.count(b"<")
                words = _STRICT.sub(_USUAL, words)
            if elements > MOST_ELEMENTS:
                raise FileTooLarge
            again.writestr(name, words)
    content.seek(0)
    return content


def _name(part: ZipInfo) -> str:
    """Some programs write paths as Windows does."""
    return part.filename.replace("\\", "/").lstrip("/")


def _unpack(packed: ZipFile, part: ZipInfo, room: int) -> bytes:
    """Portion by portion: a part may be larger than it says, in the list of parts or in front of itself."""
    found = bytearray()
    with packed.open(part) as reading:
        while portion := reading.read(_PORTION):
            found += portion
            if len(found) > room or _is_suspect(len(found), part.compress_size):
                raise FileTooLarge
    return bytes(found)
