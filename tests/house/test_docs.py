"""The README, the docs and the papers beside them speak of the program as it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.domain.roles import Role
from bot.settings import PREFIX, TEST_PREFIX, Settings
from tests.catalogues import read

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FEATURES = ROOT / "bot" / "features"
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
PAGES = [*PAPERS, *sorted((ROOT / ".github").rglob("*.md"))]
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
GUIDES = ("resident", *Role)
PARTS = ["Status", "Context", "Decision", "Consequences"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
TABLE_OF_BUTTONS = re.compile(r"^\| English \| Kyrgyz \| Russian \|\n(?:\|.*\n)+", re.MULTILINE)
EMOJI_BEFORE_OR_AFTER = re.compile(r"^[^\w“]+|[^\w”?]+$")
BLOCK = re.compile(r"^ *```\w*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
# What a reader of plain English stumbles over, and a state of the work that soon is none.
STUMBLING = re.compile(r"(?i)\b(reckon\w*|anew|whoever|foremost|how far it is|how-manieth|not built yet)\b")
LONGEST_README = 110
LONGEST_DECISION = 40
LARGEST_PICTURE = 150 * 1024


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


README, SETTINGS, COMMANDS, HOUSE, GLOSSARY = (
    text_of(ROOT / name)
    for name in ("README.md", "docs/settings.md", "docs/commands.md", "docs/house.md", "docs/glossary.md")
)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def rows_under(heading: str, page: str) -> Iterator[list[str]]:
    """The rows of every table of a page that begins with this heading."""
    for table in re.findall(rf"^{re.escape(heading)}\n\|[-|]+\n((?:\|.*\n?)+)", page, re.MULTILINE):
        for row in table.splitlines():
            yield [cell.strip() for cell in row.strip("|").split("|")]


def local_links(page: Path) -> list[tuple[Path, str]]:
    """Every link within the project: the file it leads to, and the heading, empty for none."""
    found = [link.partition("#") for link in LINK.findall(text_of(page)) if not link.startswith("http")]
    return [((page.parent / path).resolve() if path else page, anchor) for path, _sign, anchor in found]


def anchors_of(page: Path) -> set[str]:
    """The headings of a page, as a forge makes links of them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


def commands_of(group: click.Group, path: str = "bap") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def rooms_of(capability: Path) -> set[str]:
    return {room.parent.name for room in capability.glob("*/__init__.py")}


def capabilities() -> list[Path]:
    return sorted(folder.parent for folder in FEATURES.glob("*/__init__.py"))


def words_of(language: str) -> list[str]:
    """Every sentence of a catalogue, in the catalogue's order of ids; in English without its emoji."""
    catalogue = read("ky" if language == "en" else language)
    by_id = {str(each.id): str(each.string) for each in catalogue if each.id}
    if language == "en":
        return [EMOJI_BEFORE_OR_AFTER.sub("", id_) for id_ in sorted(by_id)]
    return [by_id[id_] for id_ in sorted(by_id)]


def test_the_readme_can_be_read_in_two_minutes() -> None:
    assert len(README.splitlines()) <= LONGEST_README


def test_two_commands_are_enough() -> None:
    first = BLOCK.search(README)
    assert first
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make run", "make test"]


def test_the_readme_names_every_capability() -> None:
    named = [row[0] for row in rows_under("| Capability | What it holds |", README)]
    assert sorted(named) == [f"`{each.name}`" for each in capabilities()]


@pytest.mark.parametrize("capability", capabilities(), ids=lambda each: each.name)
def test_every_room_is_named_under_its_capability(capability: Path) -> None:
    section = HOUSE.split(f"\n### {capability.name}\n")[1].split("\n#")[0]
    named = [row[0].strip("`") for row in rows_under("| Room | What it is for |", section)]
    assert sorted(named) == sorted(rooms_of(capability))


def test_every_guard_of_the_house_is_described() -> None:
    files = {f"`{file.name}`" for file in (ROOT / "tests" / "house").glob("test_*.py")}
    assert {row[0] for row in rows_under("| Test | What it keeps |", HOUSE)} == files


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {row[0]: row[1] for row in rows_under("| Name | Default | Meaning |", SETTINGS)}
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    assert listed == {
        f"`{PREFIX}{name.upper()}`": "none" if default is None else f"`{default}`"
        for name, default in defaults.items()
    }


def test_every_setting_has_a_meaning() -> None:
    assert all(len(row[2]) > 10 for row in rows_under("| Name | Default | Meaning |", SETTINGS))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_only_settings_that_exist_are_named(page: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", text_of(page)))
    assert {name for name in named if not name.startswith(TEST_PREFIX)} <= known


def test_every_command_is_listed_with_what_it_requires() -> None:
    listed = [row[0] for row in rows_under("| Command | What it does |", COMMANDS)]
    for path, command in commands_of(main):
        line = next((line for line in listed if line.startswith(f"`{path}")), "")
        assert line, path
        for parameter in command.params:
            if parameter.required and isinstance(parameter, click.Option):
                assert parameter.opts[0] in line, path


def test_every_option_is_named() -> None:
    options = {opt for _path, command in commands_of(main) for each in command.params for opt in each.opts}
    assert {opt for opt in options if opt.startswith("--") and opt not in COMMANDS} == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_only_commands_that_exist_are_named(page: Path) -> None:
    verbs = {path.split()[1] for path, _command in commands_of(main)}
    targets = set(re.findall(r"^([a-z]+): .*## ", text_of(ROOT / "Makefile"), re.MULTILINE))
    shown = [*CODE.findall(text_of(page)), *BLOCK.findall(text_of(page))]
    for words in shown:
        assert set(re.findall(r"(?:^|[/ ])bap ([a-z]+)", words, re.MULTILINE)) <= verbs, words
        assert set(re.findall(r"^ *make ([a-z]+)", words, re.MULTILINE)) <= targets, words


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in local_links(page):
        assert target.exists(), target
        assert not anchor or anchor in anchors_of(target), f"{target.name}#{anchor}"


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting += [target for target, _anchor in local_links(page) if target.suffix == ".md"]
    assert set(PAPERS) - reached == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_that_is_named_exists(page: Path) -> None:
    names = {file.name for folder in ("bot", "tests") for file in (ROOT / folder).rglob("*.py")}
    for words in CODE.findall(text_of(page)):
        if re.match(r"(bot|docs|locales|migrations|tests)/", words):
            assert list(ROOT.glob(words.rstrip("/"))), words
        elif re.fullmatch(r"[a-z_]+\.py", words):
            assert words in names, words


def test_every_picture_is_shown_in_words_too_and_small() -> None:
    shown = {
        (page.parent / file).resolve(): words
        for page in PAPERS
        for words, file in PICTURE.findall(text_of(page))
    }
    pictures = set((DOCS / "pictures").glob("*.png"))
    assert set(shown) == pictures
    assert all(len(words) > 5 for words in shown.values())
    assert [picture for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []


@pytest.mark.parametrize("person", GUIDES)
def test_each_kind_of_person_has_a_page(person: str) -> None:
    assert f"(docs/{person}.md)" in README


@pytest.mark.parametrize("person", GUIDES)
def test_buttons_are_called_as_in_the_bot(person: str) -> None:
    known = set(zip(*(words_of(language) for language in ("en", "ky", "ru")), strict=True))
    guide = text_of(DOCS / f"{person}.md")
    rows = [tuple(row) for row in rows_under("| English | Kyrgyz | Russian |", guide)]
    assert rows
    assert [row for row in rows if row not in known] == []


def test_every_word_of_the_glossary_is_a_name_in_the_code() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot").rglob("*.py"))
    names = [row[2].strip("`") for row in rows_under("| Kyrgyz | Russian | In the code |", GLOSSARY)]
    assert names
    assert [name for name in names if not re.search(rf"^(class )?\s*{name}\b", code, re.MULTILINE)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_docs_are_in_plain_english(page: Path) -> None:
    assert STUMBLING.findall(TABLE_OF_BUTTONS.sub("", text_of(page))) == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_short_and_has_its_parts(page: Path) -> None:
    text = text_of(page)
    assert len(text.splitlines()) <= LONGEST_DECISION
    assert text.startswith(f"# {page.name[:4]}. ")
    assert re.findall(r"^(?:## )?(Status|Context|Decision|Consequences)\b", text, re.MULTILINE) == PARTS


def test_every_decision_is_listed_by_its_number() -> None:
    contents = text_of(DOCS / "decisions" / "README.md")
    listed = [row[0] for row in rows_under("| Number | Decision |", contents)]
    assert listed == [f"[{page.name[:4]}]({page.name})" for page in DECISIONS]
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
