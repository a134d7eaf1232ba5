"""Every button is pressed in some test by somebody allowed to, and not only by forgers, whom it refuses."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.test_wire_format import callback_classes

FEATURES = Path(__file__).parents[1] / "features"
PRESSING = {"tap", "press", "turn_forth_and_around"}
# They press every button there is, and are refused.
FORGING = ("*forg*.py", "*_buttons.py", "test_strangers.py", "test_evil_files.py")


def pressed(source: str) -> Iterator[str]:
    """What is pressed: the names of classes, and the beginnings of data up to the first colon.

    That is whatever stands in a call of `tap` or `press`, in a list that is gone through to press each of it,
    and in `next(data for data in person.data if data.startswith(...))`, which takes a button from a screen.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_a_press(node):
            yield from _named(node)
        elif isinstance(node, ast.For | ast.AsyncFor):
            yield from _named(node.iter)


def _is_a_press(call: ast.Call) -> bool:
    return _last_name(call) in PRESSING or ast.unparse(call.func) == "next"


def _last_name(call: ast.Call) -> str:
    return ast.unparse(call.func).split(".")[-1]


def _named(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value.split(":")[0]
        elif isinstance(each, ast.Call):
            yield _last_name(each)


def test_every_button_is_pressed_by_somebody_allowed_to() -> None:
    forging = {path for pattern in FORGING for path in FEATURES.rglob(pattern)}
    sources = [path.read_text(encoding="utf-8") for path in sorted(set(FEATURES.rglob("*.py")) - forging)]
    found = {name for source in sources for name in pressed(source)}
    never = [each for each in callback_classes() if not {each.__prefix__, each.__name__} & found]
    assert sorted(each.__name__ for each in never) == []


def test_the_guard_itself_tells_what_is_pressed_from_what_is_only_named() -> None:
    source = """
await person.tap("one:", "label")
await person.press(f"two:{number}")
await person.press(buttons.Three(page=0))
for data in ("four", "five:1"):
    await person.press(data)
six = next(data for data in person.data if data.startswith("six:"))
assert "seven" in person.data
assert not any(data.startswith("eight:") for data in person.data)
forged = [Nine(page=0), "ten:1"]
"""
    found = set(pressed(source))
    assert {"one", "two", "Three", "four", "five", "six"} <= found
    assert not {"seven", "eight", "Nine", "ten"} & found
