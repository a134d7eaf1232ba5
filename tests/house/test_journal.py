"""Every act that the journal records has words in both languages: it is read at the desk."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from bot.domain.moderation import Line
from bot.domain.problem import ProblemStatus
from bot.features.problems.audit_log.acts_texts import ACTS, act_words
from bot.i18n import LANGUAGES, speaking

ROOT = Path(__file__).parents[2]
ACT = re.compile(r"[a-z]+\.[a-z_]+")
# What may be filled into an act, by the code that fills it in; an unknown one fails until it stands here.
FILLED: dict[str, Iterable[str]] = {
    "status": ProblemStatus,
    "line": Line,
    "part": Line,
    "column.removesuffix('_id').removeprefix('is_')": ("language", "village", "topic", "outside_competence"),
}
# The one who writes acts down, and those who pass them on to it.
WRITERS = re.compile(r"_?(save_)?journal\w*")


def calls(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and WRITERS.fullmatch(node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
    ]


def acts_of(source: str) -> set[str]:
    """The acts of a file: what its calls are given, and what may stand in a variable that they are given."""
    tree, found = ast.parse(source), set()
    written = [value for call in calls(tree) for value in (*call.args, *(key.value for key in call.keywords))]
    if any(isinstance(value, ast.Name) for value in written):
        everything: list[ast.AST] = list(ast.walk(tree))
    else:
        everything = [part for each in written for part in ast.walk(each)]
    for text in [node for node in everything if isinstance(node, ast.JoinedStr)]:
        found |= _filled(text)
    return found | {
        node.value
        for node in everything
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACT.fullmatch(node.value)
    }


def _filled(text: ast.JoinedStr) -> set[str]:
    """The acts that a text with one gap may become; texts of another form are none."""
    if len(text.values) != 2 or not isinstance(text.values[1], ast.FormattedValue):
        return set()
    begin = getattr(text.values[0], "value", "")
    if not isinstance(begin, str) or not re.fullmatch(r"[a-z]+\.", begin):
        return set()
    return {begin + each for each in FILLED[ast.unparse(text.values[1].value)]}


def acts() -> set[str]:
    found: set[str] = set()
    for file in (ROOT / "bot").rglob("*.py"):
        if calls(ast.parse(file.read_text(encoding="utf-8"))):
            found |= acts_of(file.read_text(encoding="utf-8"))
    return found


def test_every_act_of_the_journal_has_words() -> None:
    assert len(acts()) > 20
    # Nothing is recorded when a report is sent: that is its author's, and the problem itself says when.
    assert acts() - set(ACTS) - {"problem.submitted"} == set()


def test_every_act_is_worded_in_both_languages_and_an_unknown_one_is_shown_too() -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert all(act_words(act) and "." not in act_words(act) for act in [*ACTS, "later.added"])


def test_the_guard_itself_finds_acts_wherever_they_stand() -> None:
    plain = "save_journal(db, 'a.plain', by=None)"
    assert acts_of(plain) == {"a.plain"}
    assert acts_of("act = 'a.late' if x else 'an.other'\n_journal(db, act)") == {"a.late", "an.other"}
    assert "problem.done" in acts_of("save_journal(db, f'problem.{status}')")
