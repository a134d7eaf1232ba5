"""The link of a problem, and how it is passed on into another chat."""

from urllib.parse import quote

from bot.domain.text import shortened
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, current_language, named

# What stands above the link in the other chat: enough to know the problem, short enough for an old telephone.
LONGEST_TASTE = 120


def problem_link(username: str, problem_id: int) -> str:
    return f"https://t.me/{username}?start=p_{problem_id}"


def passing_on(username: str, problem: ProblemCard) -> str:
    """Telegram's own page that asks into which chat: works on every telephone, whatever is set up."""
    link = quote(problem_link(username, problem.id), safe="")
    return f"https://t.me/share/url?url={link}&text={quote(_taste(problem), safe='')}"


def _taste(problem: ProblemCard) -> str:
    words = shortened(problem.wording.read_in(current_language()), LONGEST_TASTE)
    return "\n".join(line for line in (heading(problem), words) if line)


def heading(problem: ProblemCard) -> str:
    return _("Problem №{number}, {village}").format(
        number=problem.number, village=named(problem.village.name)
    )


def share() -> str:
    return _("📣 Share in a chat")


def open_in_bot() -> str:
    return _("Open in the bot")
