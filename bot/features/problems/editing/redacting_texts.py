"""Words of taking words out of a problem."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.personal import Found
from bot.domain.redaction import MARK
from bot.domain.refusals import Refusal, WordsNotFound
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards, privacy_texts
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, fill

# How much of a wording is shown, in characters.
SHOWN = 900


def take_out_more() -> str:
    return _("✂️ Take more words out")


def take_out_found() -> str:
    return _("✂️ Take out what was found")


def to_problem() -> str:
    return _("To the problem")


def ask_words(problem: ProblemCard, personal: Sequence[Found]) -> Markup:
    """All that residents may have read of it, to copy the words from; first the `personal` data in it."""
    words = problem.wording
    shown = [text for text in (words.text, words.translation, words.original, problem.who) if text]
    return Markup("\n").join(
        [
            fill(
                _(
                    "✂️ <b>Problem {number}: take words out</b>\n"
                    "Send the words as they stand there, such as a name or a telephone number. "
                    "Each on a line of its own. {mark} will stand in their place everywhere, "
                    "in the history too. "
                    "They cannot be brought back."
                ),
                number=problem.number,
                mark=MARK,
            ),
            *(cards.text(shortened(cards.who_words(text), SHOWN)) for text in shown),
            *_found(personal),
        ]
    )


def _found(personal: Sequence[Found]) -> list[Markup]:
    if not personal:
        return []
    return [fill(_("⚠️ <b>Found in it:</b>")), *privacy_texts.named_finds(personal)]


def taken_out(problem: ProblemCard) -> Markup:
    read = shortened(problem.wording.text, SHOWN)
    return Markup("\n").join(
        [
            fill(_("✂️ <b>Problem {number}: the words are taken out.</b>"), number=problem.number),
            *([cards.text(read)] if read else []),
        ]
    )


def words_not_found(_refusal: Refusal) -> str:
    return _("These words were not found there. Please copy them from the text as they stand.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {WordsNotFound: words_not_found}
