"""The house keeps its directions: who may import whom (DESIGN of the rooms is in the README)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "bot").rglob("*.py"))
CYRILLIC = re.compile("[\u0400-\u04ff]")
# What each room may use of the others; the first name that fits a module decides.
MAY_USE = {
    "bot.domain": ("bot.domain",),
    "bot.settings": (),
    "bot.logs": ("bot.settings",),
    "bot.i18n": ("bot.domain", "bot.settings"),
    "bot.data": ("bot.domain",),
    "bot.prints": ("bot.domain", "bot.i18n", "bot.prints"),
    "bot.db": ("bot.domain", "bot.db", "bot.data"),
    "bot.telegram": ("bot.domain", "bot.db", "bot.i18n", "bot.telegram", "bot.settings"),
    "bot.sandbox.demo": ("bot.domain", "bot.db", "bot.sandbox"),
    "bot.sandbox.rehearsal": ("bot",),
    "bot.sandbox": ("bot.sandbox",),
    "bot.features": (
        "bot.features",
        "bot.domain",
        "bot.db",
        "bot.i18n",
        "bot.telegram",
        "bot.prints",
        "bot.data",
        "bot.settings",
    ),
}


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path) -> set[str]:
    """The modules of the project that a file imports, `from package import module` resolved."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if exists(name) else node.module for name in inner}
    return {name for name in found if name == "bot" or name.startswith("bot.")}


def exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def within(module: str, room: str) -> bool:
    return module == room or module.startswith((room + ".", room + "_"))


def breaches(file: Path) -> list[str]:
    module = module_of(file)
    room = next((room for room in MAY_USE if within(module, room)), None)
    if room is None:
        return []
    own = ".".join(module.split(".")[:3])
    allowed = (*MAY_USE[room], *([own] if room == "bot.features" else []))
    return [
        f"{module} imports {used}"
        for used in imports_of(file)
        if not any(within(used, each) for each in allowed)
        and not (room == "bot.features" and re.fullmatch(r"bot\.features\.\w+\.callbacks", used))
    ]


def test_every_room_uses_only_the_rooms_below_it() -> None:
    assert [breach for file in FILES for breach in breaches(file)] == []


def test_the_guard_itself_sees_a_breach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    bad = tmp_path / "bot" / "domain" / "bad.py"
    bad.parent.mkdir(parents=True)
    (tmp_path / "bot" / "db").mkdir()
    bad.write_text("from bot import db\n")

    assert breaches(bad) == ["bot.domain.bad imports bot.db"]


def test_the_domain_knows_no_library_but_numpy() -> None:
    foreign = {"aiogram", "sqlalchemy", "babel", "markupsafe", "gettext", "aiohttp"}
    for file in (ROOT / "bot" / "domain").glob("*.py"):
        names = set(re.findall(r"^(?:from|import) (\w+)", file.read_text(), re.MULTILINE))
        assert not names & foreign, file


def test_only_texts_ask_for_words() -> None:
    asking = re.compile(r"\b(_|ngettext)\(\s*[\"']")
    for file in FILES:
        if not file.name.endswith("texts.py") and file.name != "i18n.py":
            assert not asking.search(file.read_text()), file


def test_no_sentence_of_either_language_stands_in_the_code() -> None:
    for file in FILES:
        if file.is_relative_to(ROOT / "bot" / "sandbox"):
            continue
        assert not CYRILLIC.search(file.read_text()), file


def test_screens_never_wait_and_queries_never_talk() -> None:
    for file in FILES:
        if file.name.endswith("screens.py"):
            assert "await " not in file.read_text(), file
        if file.name.endswith("queries.py"):
            assert "aiogram" not in file.read_text(), file


def test_only_the_settings_read_the_environment() -> None:
    for file in FILES:
        if file.name != "settings.py":
            assert "os.environ" not in file.read_text(), file


def test_no_room_is_a_junk_drawer() -> None:
    names = {part for file in FILES for part in file.relative_to(ROOT).with_suffix("").parts}
    assert not names & {"utils", "helpers", "common", "manager", "misc"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_functions_stay_small(file: Path) -> None:
    longest = 45
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < longest, f"{node.name} in {file}"
