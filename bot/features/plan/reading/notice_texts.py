"""Words of what residents are told of the plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.plan_changes import ChangeKind
from bot.domain.problem import ProblemStatus, Wording
from bot.domain.text import shortened
from bot.features.plan import plan_texts as cards
from bot.features.plan.reading.texts import change_kind
from bot.features.problems.public import status_words
from bot.i18n import _, current_language, fill, named, number


def heard_adopted(facts: Mapping[str, Any], measures: int, cost: int) -> Markup:
    parts = [_heard_title(_("📘 <b>The plan is adopted</b>"), facts)]
    words = fill(_("Measures: {count}."), count=number(measures))
    if cost:
        words += fill(_(" Money: {sum}."), sum=cards.som(cost))
    parts += [words, fill(_("Read it, and follow what concerns you."))]
    return Markup("\n\n").join(parts)


def heard_discussed(facts: Mapping[str, Any]) -> Markup:
    return Markup("\n\n").join(
        [
            _heard_title(_("✏️ <b>The draft of the plan can be read</b>"), facts),
            fill(_("It is not adopted yet. Say what you think of each measure.")),
        ]
    )


def heard_amended(
    facts: Mapping[str, Any], changed: Sequence[tuple[ChangeKind, int, str]], count: int
) -> Markup:
    lines = [
        fill(
            "• <b>{kind}</b>: {number}. {title}",
            kind=change_kind(kind),
            number=key,
            title=shortened(title, 100),
        )
        for kind, key, title in changed
    ]
    if count > len(changed):
        lines.append(fill(_("and {count} more"), count=number(count - len(changed))))
    return Markup("\n\n").join(
        [_heard_title(_("📘 <b>The plan has changed</b>"), facts), Markup("\n").join(lines)]
    )


def _heard_title(title: str, facts: Mapping[str, Any]) -> Markup:
    return fill(
        title + "\n{municipality}: {name}, {years}",
        municipality=named(Name(*facts["municipality"])),
        name=cards.plan_name(facts["title"]),
        years=cards.years(*facts["years"]),
    )


def read_plan() -> str:
    return _("📘 Read the plan")


def heard_answered(items: Sequence[Mapping[str, Any]], count: int) -> Markup:
    """What became of everything that was voted on; the same words for all voters."""
    lines = [_answered(each) for each in items]
    if count > len(items):
        lines.append(fill(_("and {count} more"), count=number(count - len(items))))
    title = fill(_("🗳 <b>What became of the problems in the vote</b>"))
    return Markup("\n\n").join([title, Markup("\n").join(lines)])


def _answered(item: Mapping[str, Any]) -> Markup:
    words = Wording(*item["wording"]).read_in(current_language())
    return fill(
        "{status} — {number}. {words}",
        status=status_words(ProblemStatus(item["status"])),
        number=item["number"],
        words=shortened(words, 80),
    )


def all_problems() -> str:
    return _("🔎 All problems")


def what_changed() -> str:
    return _("What has changed")


def read_draft() -> str:
    return _("✏️ Read the draft")
