"""Files as bad luck and bad will change them: broken off, bits turned, parts exchanged, lies written in."""

import random
import re
from collections.abc import Callable, Sequence

from tests.evil_files import packed_of, parts_of

EVIL_VALUES = (
    b"-1",
    b"0",
    b"1",
    b"4294967296",
    b"99999999999",
    b"1e300",
    b"NaN",
    b"x",
    b"",
    b"&#0;",
    b"&lol;",
    b"XFE1",
    b"A0",
    b"\xff\xfe",
    "\N{ZERO WIDTH SPACE}".encode(),
    b"9" * 5000,
)
ENCODINGS = (b"utf-7", b"utf-16", b"cp037", b"x-none", b"ascii", b"utf-32", b"shift_jis")
_ATTRIBUTE, _TEXT = re.compile(rb'(\w+)="([^"]*)"'), re.compile(rb">([^<>]+)<")
_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
Mutation = Callable[[random.Random, bytes], bytes]


def mutated(chance: random.Random, content: bytes) -> bytes:
    """One to three things go wrong."""
    for _time in range(chance.choice((1, 1, 2, 3))):
        content = chance.choice(_OF_FILES)(chance, content)
    return content


def _turned(chance: random.Random, content: bytes) -> bytes:
    turned = bytearray(content)
    for _bit in range(chance.randint(1, 20) if turned else 0):
        turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
    return bytes(turned)


def _broken_off(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randint(0, len(content))]


def _torn(chance: random.Random, content: bytes) -> bytes:
    """Something is taken out, or comes twice."""
    begin = chance.randint(0, len(content))
    end = min(begin + chance.choice((1, 10, 500)), len(content))
    return content[:begin] + content[begin:end] * chance.choice((0, 2, 30)) + content[end:]


def _stuffed(chance: random.Random, content: bytes) -> bytes:
    place = chance.randint(0, len(content))
    return content[:place] + chance.randbytes(chance.randint(1, 50)) + content[place:]


def _exchanged(chance: random.Random, content: bytes) -> bytes:
    """Parts stand under each other's names, or are missing."""
    parts = _parts(content)
    if len(parts) < 2:
        return _torn(chance, content)
    first, second = chance.sample(sorted(parts), 2)
    parts[first], parts[second] = parts[second], parts[first]
    if chance.random() < 0.3:
        del parts[chance.choice(sorted(parts))]
    return packed_of(parts)


def _with_other_words(chance: random.Random, content: bytes) -> bytes:
    """The packing stays whole, the XML inside does not."""
    parts = _parts(content)
    if not parts:
        return _torn(chance, content)
    likely = [name for name in parts if name.endswith((".xml", ".rels"))]
    name = chance.choice(sorted(likely or parts))
    for _time in range(chance.choice((1, 1, 3, 10))):
        parts[name] = chance.choice(_OF_XML)(chance, parts[name])
    return packed_of(parts)


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        return parts_of(content)
    except Exception:  # noqa: BLE001  # broken already
        return {}


def _lying(chance: random.Random, xml: bytes) -> bytes:
    """An attribute or a cell says something else."""
    pattern = chance.choice((_ATTRIBUTE, _TEXT))
    found = list(pattern.finditer(xml))
    if not found:
        return xml
    place = chance.choice(found)
    begin, end = place.span(pattern.groups)
    return xml[:begin] + chance.choice(EVIL_VALUES) + xml[end:]


def _of_another_encoding(chance: random.Random, xml: bytes) -> bytes:
    encoding = chance.choice(ENCODINGS)
    return b'<?xml version="1.0" encoding="' + encoding + b'"?>' + xml[xml.find(b"?>") + 2 :]


def _with_entities(chance: random.Random, xml: bytes) -> bytes:
    begin = xml.find(b"?>") + 2
    return xml[:begin] + _DOCTYPE + xml[begin:].replace(b"</v>", b"&b;</v>", 3)


def _without_an_element(chance: random.Random, xml: bytes) -> bytes:
    """An element is gone with all that is in it, or stands there many times."""
    names = sorted(set(re.findall(rb"<([\w:]+)[ >]", xml)))
    if not names:
        return xml
    name = re.escape(chance.choice(names))
    found = list(re.finditer(rb"<" + name + rb"[ >].*?</" + name + rb">", xml, re.DOTALL))
    if not found:
        return xml
    place = chance.choice(found)
    return xml[: place.start()] + place[0] * chance.choice((0, 0, 2, 300)) + xml[place.end() :]


_OF_FILES: Sequence[Mutation] = (_turned, _broken_off, _torn, _stuffed, _exchanged, *[_with_other_words] * 8)
_OF_XML: Sequence[Mutation] = (
    _turned,
    _broken_off,
    _torn,
    _of_another_encoding,
    _with_entities,
    *[_without_an_element] * 4,
    *[_lying] * 6,
)
