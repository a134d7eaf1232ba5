"""One act has one moment: what a feature or a query does is given it, and never asks a clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot"
TIMELESS = ("db", "domain", "features")
ASKING = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"),
    *("func.now", "func.current_timestamp", "func.clock_timestamp"),
}
CLOCKS = {"utc_now", "wall_clock"}
# A job is given its moment where it is declared.
STARTING = "feature.py"
EXCUSED = {
    "domain/clock.py utc_now": "the clock itself",
    "features/hearings/notices/deliveries.py reminder": "worded when it is sent, hours after it was queued",
    "features/problems/likeness_queries.py _read_changes": "a shelf of the process, filled before any act",
    "db/models/problems.py _now": "a mark for that shelf, made by every statement that changes a problem",
    "db/queries.py save_journal": "the journal says when a line was written",
    "db/queries.py save_reachable": "noted around acts: by the sender, or before an act begins",
    "db/delivery_queries.py _begin": "the queue has its own time, as its senders do",
    "db/delivery_queries.py _save": "the queue",
    "db/delivery_queries.py save_given_up": "the queue",
    "db/delivery_queries.py save_stopped": "the queue",
    "db/inbox_queries.py update_acted": "what was taken in is forgotten by the time of the inbox",
    "db/inbox_queries.py update_alive": "the inbox: each process says that it is alive",
    "db/outbox_queries.py find_now": "the clock of the database, common to the senders of many machines",
    "db/scrubbing.py _vacuum": "keeps the file of the database, at night",
    "db/session.py write_anew_at_night": "keeps the file of the database, at night",
}


def asked(source: str, *, is_starting: bool = False) -> Iterator[str]:
    """The functions of a module that ask a clock; "" for what stands outside of them."""
    yield from _asked(ast.parse(source), "", is_starting)


def _asked(node: ast.AST, inside: str, is_starting: bool) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inside = inside or node.name
    if _is_clock(node) and not (is_starting and isinstance(node, ast.Attribute) and node.attr == "clock"):
        yield inside
    for child in ast.iter_child_nodes(node):
        yield from _asked(child, inside, is_starting)


def _is_clock(node: ast.AST) -> bool:
    """Also a clock that is only named: it may be called under another name."""
    if isinstance(node, ast.Attribute):
        name = ".".join(ast.unparse(node).split(".")[-2:])
        return name in ASKING or node.attr in CLOCKS | {"clock"}
    if isinstance(node, ast.ImportFrom):
        return node.module == "time" and any(each.name in {"time", "time_ns"} for each in node.names)
    return isinstance(node, ast.Name) and node.id in CLOCKS


def test_only_what_is_excused_asks_a_clock() -> None:
    found = set()
    for file in (each for folder in TIMELESS for each in (BOT / folder).rglob("*.py")):
        for function in asked(file.read_text("utf-8"), is_starting=file.name == STARTING):
            found.add(f"{file.relative_to(BOT).as_posix()} {function}")
    assert found - EXCUSED.keys() == set()
    assert EXCUSED.keys() - found == set()


def test_the_guard_itself_sees_a_breach() -> None:
    for clock in ("datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()"):
        assert list(asked(f"async def save_vote(db):\n    at = {clock}")) == ["save_vote"]
    assert list(asked("def vote():\n    def at():\n        return utc_now()")) == ["vote"]
    assert list(asked("def vote(clock=datetime.now): ...")) == ["vote"]
    assert list(asked("from time import time")) == [""]
    assert list(asked("async def show(tap, parts):\n    now = parts.clock()")) == ["show"]
    assert list(asked("statement = insert(Vote).values(at=func.now())")) == [""]


def test_the_guard_lets_pass_what_is_given_its_moment() -> None:
    assert list(asked("async def cast_vote(tap, act):\n    await save_vote(act.now, now=asking.now)")) == []
    assert list(asked("began = time.monotonic()")) == []
    job = "jobs = (lambda parts: close(parts.clock()),)"
    assert list(asked(job, is_starting=True)) == []
    assert list(asked(job)) == [""]
