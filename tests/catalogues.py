"""`make catalogues`: bring both catalogues up to date with the sentences in the code.

New sentences come in empty, unused ones go; nothing is guessed, so there is never a fuzzy entry.
"""

from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.i18n import LANGUAGES, LOCALES

BOT = Path(__file__).parents[1] / "bot"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
WIDTH = 100


def catalogue_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "bot.po"


def template() -> Catalog:
    """Every sentence in the code, in the order of the rooms."""
    found = Catalog(project="bap-bot", charset="utf-8")
    rows = extract_from_dir(BOT, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _line, message, _comments, _context in sorted(rows, key=lambda row: (row[0], row[1])):
        found.add(message, locations=[(f"bot/{Path(file).as_posix()}", 0)])
    return found


def read(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="bap-bot", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    catalogue = read(language)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False)
    empty = sum(not any(_strings(message.string)) for message in catalogue if message.id)
    print(f"{language}: {len(catalogue)} sentences, {empty} without a translation")


def _strings(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a translation: one, or one for each plural."""
    return (string,) if isinstance(string, str) else tuple(string or ())


def main() -> None:
    for language in LANGUAGES:
        update(language)


if __name__ == "__main__":
    main()
