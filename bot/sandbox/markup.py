"""Telegram's HTML: text and entities, or the very complaint Telegram would make."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

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
    "a": "text_link",
}
NAMED = {"lt", "gt", "amp", "quot"}

Entity = dict[str, Any]


def units(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; raises `BadRequest` for what Telegram refuses."""
    parser = _Parser(source)
    parser.feed(source)
    parser.close()
    return parser.finish()


class _Parser(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line.encode()))
        self.text = ""
        self.entities: list[Entity] = []
        self._open: list[tuple[str, int, dict[str, str | None]]] = []

    def _complain(self, what: str) -> BadRequest:
        line, column = self.getpos()
        start = self._source.splitlines(keepends=True)[line - 1 : line] or [""]
        offset = self._lines[line - 1] + len(start[0][:column].encode())
        return BadRequest(f"can't parse entities: {what} at byte offset {offset}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in TAGS or (tag == "span" and given.get("class") != "tg-spoiler"):
            raise self._complain(f'Unsupported start tag "{tag}"')
        self._open.append((tag, units(self.text), given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise self._complain(f'Unsupported start tag "{tag}/"')

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            raise self._complain("Unexpected end tag")
        opened, start, given = self._open.pop()
        if opened != tag:
            raise self._complain(f'Unmatched end tag, expected "</{opened}>", found "</{tag}>"')
        if length := units(self.text) - start:
            self._add(tag, start, length, given)

    def _add(self, tag: str, start: int, length: int, given: dict[str, str | None]) -> None:
        entity: Entity = {"type": TAGS[tag], "offset": start, "length": length}
        if tag == "a":
            entity["url"] = given.get("href") or ""
        if tag == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise self._complain("Unclosed start tag")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += unescape(f"&{name};") if name in NAMED else f"&{name};"

    def handle_charref(self, name: str) -> None:
        self.text += unescape(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        raise self._complain('Unsupported start tag "!--"')

    def finish(self) -> tuple[str, list[Entity]]:
        if self._open:
            raise BadRequest(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1][0]}\""
            )
        if self.rawdata:
            raise BadRequest("can't parse entities: Unclosed start tag")
        return trimmed(self.text, sorted(self.entities, key=lambda entity: entity["offset"]))


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
