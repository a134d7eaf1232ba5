"""Every way to what a problem says asks the one place that knows who may see it (`bot/domain/seeing.py`)."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# How code gets at the words, the photos or the voice of a problem.
READS = re.compile(
    r"\bProblem\.(?:text|translation|original|__table__)|\bfind_card\(db|\bfind_near\(|\bworded\("
    r"|\blist_attachments\(|\blist_records\(|\bfind_shared\("
)
ASKS = re.compile(
    r"from bot\.(?:domain\.seeing|features\.problems\.seeing_queries) import"
    r"|from bot\.features\.problems\.public import (?:\([^)]*|.*)\bis_public\b"
)
# Why these need not ask: they serve the author or facilitators, or their callers give the condition.
OTHERWISE = {
    "bot/features/problems/problem_queries.py": "the conditions are its callers'",
    "bot/features/problems/problem_sheet_queries.py": "the conditions are its callers'",
    "bot/features/votes/vote_queries.py": "what a vote has listed was public when it opened",
    "bot/features/problems/author_questions/asking.py": "the facilitator's, and their author's answer",
    "bot/features/problems/author_questions/queries.py": "the facilitator's and the author's",
    "bot/features/problems/merging/handlers.py": "the facilitator's",
    "bot/features/problems/merging/queries.py": "the facilitator's",
    "bot/features/problems/desk/bulk_queries.py": "the facilitator's",
    "bot/features/problems/desk/queries.py": "the facilitator's",
    "bot/features/problems/desk/queue.py": "the facilitator's",
    "bot/features/problems/outcomes/handlers.py": "the facilitator's",
    "bot/features/problems/printouts/queries.py": "the facilitator's, and the operator's",
    "bot/features/problems/reporting/browse.py": "of what `queries` has found",
    "bot/features/problems/reporting/links.py": "`find_shared` asks",
    "bot/features/plan/progress/checking.py": "of a measure, whose problems `plan_queries` lists",
    "bot/features/plan/progress/handlers.py": "of a measure, whose problems `plan_queries` lists",
    "bot/features/plan/progress/queries.py": "of a measure, whose problems `plan_queries` lists",
    "bot/features/votes/ranking_files/queries.py": "what a vote has listed was public when it opened",
    "bot/features/residents/first_visit/handlers.py": "`find_shared` asks",
    "bot/features/votes/ballot/handlers.py": "what a vote has listed was public when it opened",
    "bot/features/votes/ballot/queries.py": "what a vote has listed was public when it opened",
    "bot/features/votes/shortlist/queries.py": "what is open to a vote is public",
    "bot/features/problems/editing/queries.py": "the facilitator's",
    "bot/features/problems/editing/redacting_queries.py": "the facilitator's",
}


def readers() -> dict[str, bool]:
    """The modules that read problems, and whether each asks."""
    found = {}
    for file in sorted((ROOT / "bot").rglob("*.py")):
        name, source = file.relative_to(ROOT).as_posix(), file.read_text()
        if READS.search(source) and not name.startswith(("bot/sandbox/", "bot/db/models/")):
            found[name] = bool(ASKS.search(source))
    return found


def test_whoever_reads_a_problem_asks_who_may_see_it_or_says_here_why_not() -> None:
    unasked = {name for name, asks in readers().items() if not asks}
    assert unasked - OTHERWISE.keys() == set()


def test_what_is_excused_still_has_to_be() -> None:
    unasked = {name for name, asks in readers().items() if not asks}
    assert OTHERWISE.keys() - unasked == set()


def test_what_is_public_is_listed_by_name() -> None:
    """Not as all but a few: a state that is added later is hidden until somebody adds it there, too."""
    source = (ROOT / "bot/domain/problem.py").read_text()
    [listed] = re.findall(r"^PUBLIC = frozenset\(\n(.*?)^\)", source, re.MULTILINE | re.DOTALL)
    assert "frozenset(ProblemStatus)" not in source
    assert set(re.findall(r"[\w.]+", listed)) == set(re.findall(r"ProblemStatus\.\w+", listed))
