"""Words of the questions to authors."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from bot.domain.inquiry import LONGEST_INQUIRY, LONGEST_REPLY
from bot.domain.problem import Wording
from bot.domain.refusals import AlreadyAnswered, AuthorUnknown, BeyondAsking, InquiryWaits, Refusal
from bot.domain.text import shortened
from bot.features.problems import inquiry_texts as cards
from bot.features.problems.author_questions.queries import AskedAbout, OwnInquiry
from bot.features.problems.inquiry_queries import Inquiries
from bot.i18n import _, current_language, fill

# How much of a wording says which problem is meant, in characters.
SHOWN = 200
# What was asked before, in full but for the older ones.
MOST_SHOWN = 3


def questions(problem: AskedAbout, found: Inquiries) -> Markup:
    """What was asked before, and what to do now."""
    before = [cards.asked(each, LONGEST_INQUIRY, LONGEST_REPLY) for each in found.asked[-MOST_SHOWN:]]
    return Markup("\n\n").join([_title(problem), *before, _waits() if found.open else _write()])


def _write() -> Markup:
    return fill(
        _(
            "✏️ Write your question. The author will get it and can answer. "
            "Neither of you is told who the other is."
        )
    )


def _waits() -> Markup:
    return fill(_("The author has not answered yet. To ask something else, take this question back first."))


def _title(problem: AskedAbout) -> Markup:
    title = fill(_("❓ <b>A question to the author of problem {number}</b>"), number=problem.number)
    words = _short(problem.wording)
    return Markup("\n").join([title, fill("<i>{words}</i>", words=words)]) if words else title


def _short(wording: Wording) -> str:
    return shortened(wording.read_in(current_language()), SHOWN)


def taken_back(problem: AskedAbout) -> Markup:
    return fill(
        _("The question about problem {number} is taken back. It can no longer be answered."),
        number=problem.number,
    )


def asked(problem: AskedAbout) -> Markup:
    return fill(
        _(
            "❓ <b>Your question about problem {number} was sent to its author.</b>\n"
            "You will be told of the answer, and the problem stays where it is."
        ),
        number=problem.number,
    )


def take_back() -> str:
    return _("🗑 Take the question back")


def ask_anew() -> str:
    return _("❓ Ask something else")


def next_problem() -> str:
    return _("Next problem ➡️")


def to_problem() -> str:
    return _("🛠 To the problem")


def to_desk() -> str:
    return _("🛠 Desk")


def listen() -> str:
    return _("📎 Voice and photos in answer")


def media_caption(number: int) -> str:
    return _("The author's answer · problem {number}").format(number=number)


def heard_asked(facts: Mapping[str, Any]) -> Markup:
    parts = [
        fill(_("❓ <b>A question about your problem {number}</b>"), number=facts["number"]),
        *_worded(facts),
        fill("<blockquote>{question}</blockquote>", question=facts["question"]),
        fill(
            _(
                "The facilitator asks, to understand your problem better. "
                "They are not told who you are. You need not answer."
            )
        ),
    ]
    return Markup("\n").join(parts)


def _worded(facts: Mapping[str, Any]) -> list[Markup]:
    words = _short(Wording(*facts["wording"]))
    return [fill("<i>{words}</i>", words=words)] if words else []


def see_problem() -> str:
    return _("📋 See the problem")


def my_problems() -> str:
    return _("📋 My problems")


def write_answer(inquiry: OwnInquiry) -> Markup:
    return fill(
        _(
            "❓ <b>A question about your problem {number}</b>\n"
            "<blockquote>{question}</blockquote>\n"
            "✏️ Write your answer, or send a voice message or a photo. "
            "It will be passed on without your name."
        ),
        number=inquiry.problem.number,
        question=inquiry.question,
    )


def answered() -> Markup:
    return fill(_("💬 <b>Thank you!</b> Your answer was passed on to the facilitator."))


def heard_answered(facts: Mapping[str, Any]) -> Markup:
    parts = [
        fill(_("💬 <b>The author of problem {number} has answered</b>"), number=facts["number"]),
        *_worded(facts),
        fill(_("❓ <b>Asked:</b> {question}"), question=facts["question"]),
    ]
    if facts["answer"]:
        parts.append(fill("<blockquote>{answer}</blockquote>", answer=facts["answer"]))
    if facts["has_media"]:
        parts.append(fill(_("💬 <b>The author answered</b> with a voice message or a photo.")))
    return Markup("\n").join(parts)


def author_unknown(_refusal: Refusal) -> str:
    return _("The author of this problem asked to be forgotten. Nobody can be asked.")


def beyond_asking(_refusal: Refusal) -> str:
    return _("This problem was declined or joined to another. Its author is not asked any more.")


def inquiry_waits(_refusal: Refusal) -> str:
    return _("Another question to this author still waits for its answer. Yours was not sent.")


def already_answered(_refusal: Refusal) -> str:
    return _("You have already answered this question. Thank you!")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    AuthorUnknown: author_unknown,
    BeyondAsking: beyond_asking,
    InquiryWaits: inquiry_waits,
    AlreadyAnswered: already_answered,
}
