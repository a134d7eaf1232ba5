"""The README and the docs speak of the program as it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.settings import PREFIX, Settings
from tests.catalogues import read

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PEOPLE = ("resident", "facilitator", "officer")
LINK = re.compile(r"\]\(([^)]+)\)")
EMOJI_BEFORE_OR_AFTER = re.compile(r"^[^\w“]+|[^\w”?]+$")


def rows_under(heading: str, page: str) -> Iterator[list[str]]:
    """The rows of every table of a page that begins with this heading."""
    for table in re.findall(rf"^{re.escape(heading)}\n\|[-|]+\n((?:\|.*\n?)+)", page, re.MULTILINE):
        for row in table.splitlines():
            yield [cell.strip() for cell in row.strip("|").split("|")]


def local_links(page: Path) -> list[str]:
    found = [link.split("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    return [link for link in found if link and not link.startswith("http")]


def commands_of(group: click.Group, path: str = "bap") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def words_of(language: str) -> list[str]:
    """Every sentence of a catalogue, in the catalogue's order of ids; in English without its emoji."""
    catalogue = read("ky" if language == "en" else language)
    by_id = {str(each.id): str(each.string) for each in catalogue if each.id}
    if language == "en":
        return [EMOJI_BEFORE_OR_AFTER.sub("", id_) for id_ in sorted(by_id)]
    return [by_id[id_] for id_ in sorted(by_id)]


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {name: default for name, default, _meaning in rows_under("| Name | Default | Meaning |", README)}
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    assert listed == {
        f"`{PREFIX}{name.upper()}`": "none" if default is None else f"`{default}`"
        for name, default in defaults.items()
    }


def test_every_setting_has_a_meaning() -> None:
    assert all(len(row[2]) > 10 for row in rows_under("| Name | Default | Meaning |", README))


def test_every_command_is_listed_with_what_it_requires() -> None:
    listed = [row[0] for row in rows_under("| Command | What it does |", README)]
    for path, command in commands_of(main):
        line = next((line for line in listed if line.startswith(f"`{path}")), "")
        assert line, path
        for parameter in command.params:
            if parameter.required and isinstance(parameter, click.Option):
                assert parameter.opts[0] in line, path


def test_every_option_is_named() -> None:
    options = {opt for _path, command in commands_of(main) for each in command.params for opt in each.opts}
    assert {opt for opt in options if opt.startswith("--") and opt not in README} == set()


def test_two_commands_are_enough() -> None:
    first = re.search(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert first
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make run", "make test"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_linked_file_exists(page: Path) -> None:
    assert local_links(page)
    assert [link for link in local_links(page) if not (page.parent / link).exists()] == []


def test_every_picture_is_shown_and_small() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in local_links(page)}
    pictures = set((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures - shown == set()
    assert [picture for picture in pictures if picture.stat().st_size > 150 * 1024] == []


def test_each_kind_of_person_has_a_page() -> None:
    for person in PEOPLE:
        assert f"(docs/{person}.md)" in README


@pytest.mark.parametrize("person", PEOPLE)
def test_buttons_are_called_as_in_the_bot(person: str) -> None:
    page = (ROOT / "docs" / f"{person}.md").read_text(encoding="utf-8")
    known = set(zip(*(words_of(language) for language in ("en", "ky", "ru")), strict=True))
    rows = [tuple(row) for row in rows_under("| English | Kyrgyz | Russian |", page)]
    assert rows
    assert [row for row in rows if row not in known] == []


def test_every_word_of_the_glossary_is_a_name_in_the_code() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot").rglob("*.py"))
    names = [row[2].strip("`") for row in rows_under("| Kyrgyz | Russian | In the code |", README)]
    assert names
    assert [name for name in names if not re.search(rf"^(class )?\s*{name}\b", code, re.MULTILINE)] == []


def test_every_guard_of_the_house_is_described() -> None:
    files = {f"`{file.name}`" for file in (ROOT / "tests" / "house").glob("test_*.py")}
    assert {row[0] for row in rows_under("| Test | What it keeps |", README)} == files
