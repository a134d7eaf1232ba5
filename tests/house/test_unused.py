"""Nothing is kept that nobody uses: every sentence is translated twice, every act has words at the desk."""

import ast
import re
from collections.abc import Iterator

from bot.features.problems.audit_log.acts_texts import ACTS
from tests.house.test_journal import acts_of
from tests.imports import BOT, module_of

ROOT = BOT.parent
FILES = {module_of(file, ROOT): file.read_text(encoding="utf-8") for file in sorted(BOT.rglob("*.py"))}


def defined(tree: ast.Module) -> Iterator[str]:
    """The functions and constants of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def used_by(source: str, module: str) -> set[tuple[str, str]]:
    """What a source uses, as module and name: its own names, imported ones, those of imported modules."""
    tree, found, modules = ast.parse(source), set(), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                found.add((node.module, alias.name))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add((module, node.id))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add((modules[node.value.id], node.attr))
    return found


def unused(files: dict[str, str], of: str) -> list[str]:
    """What the modules whose name ends so define, and nothing uses."""
    uses = {use for module, source in files.items() for use in used_by(source, module)}
    return [
        f"{module}.{name}"
        for module, source in files.items()
        if module.endswith(of)
        for name in defined(ast.parse(source))
        if (module, name) not in uses
    ]


def test_every_sentence_is_said_somewhere() -> None:
    assert unused(FILES, "texts") == []


def test_every_screen_is_shown_and_every_query_asked() -> None:
    assert unused(FILES, "screens") == []
    assert unused(FILES, "queries") == []


def test_the_guard_itself_sees_what_nobody_uses() -> None:
    words = "def said(): ...\ndef silent(): ...\n"
    screen = "from bot.a import texts\n\nSCREEN = texts.said()\n"
    assert unused({"bot.a.texts": words, "bot.a.screens": screen}, "texts") == ["bot.a.texts.silent"]


def test_every_act_with_words_is_written_down_somewhere() -> None:
    written = {
        act for source in FILES.values() if re.search(r"journal\w*\(", source) for act in acts_of(source)
    }
    assert sorted(ACTS.keys() - written) == []
