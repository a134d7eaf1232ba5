"""What is awaited is asked for in one way: `bot.telegram.awaiting.Awaits`, which takes no command."""

import ast
from pathlib import Path

FEATURES = Path(__file__).parents[2] / "bot" / "features"


def breaches(source: str) -> list[str]:
    return [words for node in ast.walk(ast.parse(source)) if (words := breach(node))]


def breach(node: ast.AST) -> str | None:
    if isinstance(node, ast.ClassDef) and any(is_filter(base) for base in node.bases):
        return f"{node.name} is a filter"
    if isinstance(node, ast.Call) and is_look_for_command(node):
        return f"line {node.lineno} looks for a command"
    if isinstance(node, ast.BoolOp) and ast.unparse(node).endswith(".awaiting_id or 0"):
        return f"line {node.lineno} asks by hand what the question is about"
    return None


def is_filter(base: ast.expr) -> bool:
    return ast.unparse(base).split(".")[-1] in {"Filter", "BaseFilter"}


def is_look_for_command(call: ast.Call) -> bool:
    is_startswith = isinstance(call.func, ast.Attribute) and call.func.attr == "startswith"
    return is_startswith and any(isinstance(arg, ast.Constant) and arg.value == "/" for arg in call.args)


def test_no_room_has_a_filter_of_its_own_or_looks_for_commands_by_hand() -> None:
    found = {file: breaches(file.read_text(encoding="utf-8")) for file in FEATURES.rglob("*.py")}
    assert {str(file.relative_to(FEATURES)): lines for file, lines in found.items() if lines} == {}


def test_the_guard_itself_sees_a_breach() -> None:
    own = "class AwaitsLine(Filter):\n    pass"
    by_hand = "router.message(Awaits(LINE), ~F.text.startswith('/'))"
    about = "draft_id = resident.awaiting_id or 0"
    assert [len(breaches(each)) for each in (own, by_hand, about)] == [1, 1, 1]
    assert breaches("router.message(Awaits(LINE), F.text)") == []
