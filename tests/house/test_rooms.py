"""The house keeps its directions: who may import whom. docs/house.md draws the map."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.imports import BOT, Project, capability_of, within

ROOT = BOT.parent
FILES = sorted(BOT.rglob("*.py"))
CYRILLIC = re.compile("[\u0400-\u04ff]")
FEATURES = "bot.features"
# What each part may use of the others; the first name that fits a module decides.
MAY_USE = {
    "bot.domain": ("bot.domain",),
    "bot.settings": (),
    "bot.logs": ("bot.settings",),
    "bot.i18n": ("bot.domain", "bot.settings"),
    "bot.data": ("bot.domain",),
    "bot.prints": ("bot.domain", "bot.i18n", "bot.prints"),
    "bot.db": ("bot.domain", "bot.db", "bot.data"),
    # What people send is read in a process apart, and told what is wrong with its cells.
    "bot.telegram.forms": ("bot.domain", "bot.db", "bot.i18n", "bot.telegram", "bot.prints"),
    "bot.telegram": ("bot.domain", "bot.db", "bot.i18n", "bot.telegram", "bot.settings"),
    "bot.sandbox.demo": ("bot.domain", "bot.db", "bot.sandbox"),
    "bot.sandbox.rehearsal": ("bot",),
    "bot.sandbox": ("bot.sandbox",),
    FEATURES: (
        "bot.domain",
        "bot.db",
        "bot.i18n",
        "bot.telegram",
        "bot.prints",
        "bot.data",
        "bot.settings",
    ),
}
# Of another capability: its buttons, and the few functions it lends.
FACES = re.compile(r"bot\.features\.\w+(?:\.\w+)?\.callbacks|bot\.features\.\w+\.public")


def breaches(project: Project, module: str) -> list[str]:
    """What a module imports and may not."""
    part = next((part for part in MAY_USE if within(module, part)), None)
    if part is None:
        return []
    allowed = (*MAY_USE[part], *([capability_of(module)] if part == FEATURES else []))
    return [
        f"{module} imports {used}"
        for used in sorted(project.imports[module])
        if not any(within(used, each) for each in allowed)
        and not (part == FEATURES and FACES.fullmatch(used))
    ]


def circles(arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups that can all be reached from each other; an arrow to oneself makes none."""
    reached = {start: reachable(arrows, start) for start in arrows}
    together = {
        frozenset(other for other in reached[start] if start in reached.get(other, ())) for start in arrows
    }
    return sorted(sorted(group) for group in together if len(group) > 1)


def reachable(arrows: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    left = [start]
    while left:
        for each in arrows.get(left.pop(), set()) - found:
            found.add(each)
            left.append(each)
    return found


def test_every_part_uses_only_the_parts_below_it_and_other_capabilities_by_their_faces() -> None:
    project = Project.read()
    assert [breach for module in project.imports for breach in breaches(project, module)] == []


def test_neither_capabilities_nor_rooms_stand_in_a_circle() -> None:
    """Buttons lead to and fro between rooms; all else has one direction."""
    project = Project.read()
    assert circles(project.arrows(capability_of)) == []
    assert circles(project.arrows(project.room_of)) == []


PLANTED = {
    "bot/domain/bad.py": ("from bot import db", "bot.domain.bad imports bot.db"),
    "bot/db/bad.py": (
        "from bot.features.votes.vote_queries import Vote",
        "bot.db.bad imports bot.features.votes.vote_queries",
    ),
    "bot/features/plan/reading/bad.py": (
        "from bot.features.votes.ballot import texts",
        "bot.features.plan.reading.bad imports bot.features.votes.ballot.texts",
    ),
    "bot/features/plan/reading/worse.py": (
        "import bot.features.votes.vote_queries",
        "bot.features.plan.reading.worse imports bot.features.votes.vote_queries",
    ),
    "bot/features/plan/reading/good.py": (
        "from bot.features.votes import public; from bot.features.votes.ballot import callbacks",
        None,
    ),
}


@pytest.mark.parametrize("path", PLANTED)
def test_the_guard_itself_sees_a_breach(tmp_path: Path, path: str) -> None:
    lines, breach = PLANTED[path]
    others = (
        *("bot/db/session.py", "bot/features/votes/vote_queries.py", "bot/features/votes/public.py"),
        *("bot/features/votes/ballot/texts.py", "bot/features/votes/ballot/callbacks.py"),
        "bot/features/plan/drafting/texts.py",
    )
    for each in (*others, path):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text(lines + "\n" if each == path else "")
    project = Project.read(tmp_path)
    assert [found for module in project.imports for found in breaches(project, module)] == (
        [breach] if breach else []
    )


def test_the_guard_itself_sees_a_circle() -> None:
    arrows = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a", "d"}}
    assert circles(arrows) == [["a", "b", "c"]]


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
    longest = 40  # lines
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < longest, f"{node.name} in {file}"


# What anybody may know of the database's library: its connection, its errors, and the type of a condition.
NO_STATEMENTS = {
    "sqlalchemy.ext.asyncio.AsyncConnection",
    "sqlalchemy.make_url",
    "sqlalchemy.ColumnElement",
}
ASKING = {"execute", "scalar", "scalars", "stream", "stream_scalars", "exec_driver_sql", "run_sync"}


def statements(file: Path) -> list[str]:
    """What of SQL stands in a file outside the queries, the database's own room and the sandbox."""
    inside = any(file.is_relative_to(ROOT / "bot" / room) for room in ("db", "sandbox"))
    if inside or file.name.endswith("queries.py"):
        return []
    tree = ast.parse(file.read_text())
    return [*_taken_from_sqlalchemy(tree), *_asked_of_connections(tree)]


def _taken_from_sqlalchemy(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return [
        name
        for name in found
        if name.split(".")[0] == "sqlalchemy"
        and name not in NO_STATEMENTS
        and not name.startswith("sqlalchemy.exc.")
    ]


def _asked_of_connections(tree: ast.AST) -> list[str]:
    return [
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKING
    ]


def test_statements_stand_in_queries_alone() -> None:
    assert {file: found for file in FILES if (found := statements(file))} == {}


def test_the_guard_itself_sees_a_statement_outside_the_queries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    room = tmp_path / "bot" / "features" / "plan"
    room.mkdir(parents=True)
    for name in ("handlers.py", "plan_queries.py"):
        (room / name).write_text(
            "import sqlalchemy\n"
            "from sqlalchemy import ColumnElement, select\n"
            "from sqlalchemy.exc import IntegrityError\n"
            "from sqlalchemy.ext.asyncio import AsyncConnection\n"
            "async def find(db): return (await db.execute(1)).scalar()\n"
        )

    assert set(statements(room / "handlers.py")) == {
        "sqlalchemy",
        "sqlalchemy.select",
        "db.execute",
        "(await db.execute(1)).scalar",
    }
    assert statements(room / "plan_queries.py") == []
