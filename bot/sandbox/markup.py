"""Telegram's HTML: text and entities, or the very complaint Telegram would make.

Telegram's parser is no browser's: it reads once from left to right, knows four named entities and refuses
every tag that is not on its list. A browser's parser would accept what a chat refuses.
"""

import re
from typing import Any, NoReturn

from bot.sandbox.refused import BadRequest

# Tag -> the entity it becomes; several spellings are allowed.
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = " \t\r\n\v\f"
CHARACTER = re.compile(r"&(?:#(?P<decimal>\d+)|#x(?P<hex>[0-9a-fA-F]+)|(?P<name>[a-zA-Z]+));?")
LAST_CHARACTER = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
# What an attribute's name and a value without quotes are made of.
ATTRIBUTE = re.compile(r"[^\s=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")

Entity = dict[str, Any]


def units(text: str) -> int:
    """Length as Telegram counts offsets: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; raises `BadRequest` for what Telegram refuses."""
    reader = _Reader(source)
    reader.read()
    return trimmed(reader.text, sorted(reader.entities, key=_outermost_first))


def _outermost_first(entity: Entity) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


class _Reader:
    """Reads once from left to right; `at` is where it stands."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self.text = ""
        self.entities: list[Entity] = []
        self._open: list[tuple[str, int, dict[str, str]]] = []

    def read(self) -> None:
        while self._at < len(self._source):
            if self._source[self._at] == "<":
                self._tag()
            else:
                self.text += self._character()
        if self._open:
            name = self._open[-1][0]
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{name}"')

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._next() == "/":
            self._at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        name = self._until_space_or_end().lower()
        if not self._next():
            self._complain("Unclosed start tag", begin)
        if name not in TAGS:
            self._complain(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self._complain('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append((name, units(self.text), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if not self._next():
                self._complain("Unclosed start tag", begin)
            if self._next() == ">":
                self._at += 1
                return found
            name = self._take(ATTRIBUTE).lower()
            if not name:
                self._complain(f'Empty attribute name in the tag "{tag}"', begin)
            self._skip_space()
            found[name] = self._value(begin) if self._next() == "=" else ""

    def _value(self, begin: int) -> str:
        self._at += 1
        self._skip_space()
        quote = self._next()
        if quote not in {'"', "'"}:
            start = self._at
            token = self._take(TOKEN)
            if self._next() not in f"{SPACE}>":
                self._complain("Unexpected end of name token", start)
            return token.lower()
        self._at += 1
        value = ""
        while self._next() not in {quote, ""}:
            value += self._character()
        if not self._next():
            self._complain("Unclosed start tag", begin)
        self._at += 1
        return value

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            self._complain("Unexpected end tag", begin)
        found = self._until_space_or_end()
        self._skip_space()
        if self._next() != ">":
            self._complain("Unclosed end tag", begin)
        self._at += 1
        name, start, attributes = self._open.pop()
        if found and found != name:
            self._complain("Unmatched end tag", begin, f', expected "</{name}>", found "</{found}>"')
        if length := units(self.text) - start:
            self._add(name, start, length, attributes)

    def _add(self, name: str, start: int, length: int, attributes: dict[str, str]) -> None:
        entity: Entity = {"type": TAGS[name], "offset": start, "length": length}
        if name == "a":
            entity["url"] = attributes.get("href", "")
            if not entity["url"].lower().startswith(("http://", "https://", "tg://", "tel:", "mailto:")):
                return
        if name == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        if name == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _character(self) -> str:
        """The next character, or the one that an entity like `&lt;` stands for."""
        if self._source[self._at] == "&" and (found := CHARACTER.match(self._source, self._at)):
            meant = _meant(found)
            if meant:
                self._at = found.end()
                return meant
        self._at += 1
        return self._source[self._at - 1]

    def _next(self) -> str:
        return self._source[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        self._at = found.end() if found else self._at
        return found.group() if found else ""

    def _until_space_or_end(self) -> str:
        start = self._at
        while self._next() and self._next() not in f"{SPACE}>":
            self._at += 1
        return self._source[start : self._at]

    def _skip_space(self) -> None:
        while self._next() and self._next() in SPACE:
            self._at += 1

    def _complain(self, what: str, where: int, more: str = "") -> NoReturn:
        offset = len(self._source[:where].encode())
        raise _complaint(f"{what} at byte offset {offset}{more}")


def _complaint(what: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {what}")


def _meant(found: re.Match[str]) -> str | None:
    if name := found["name"]:
        return NAMED.get(name)
    number = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
    return chr(number) if 0 < number <= LAST_CHARACTER and number not in SURROGATES else None


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space around a message; entities move along."""
    lead = units(text) - units(text.lstrip())
    plain = text.strip()
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, units(plain))
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return plain, kept
