"""Questions to the author of a problem and their answers, at the desk and on the author's own card."""

from markupsafe import Markup

from bot.domain.text import shortened
from bot.features.problems.inquiry_queries import Inquiries, InquiryCard
from bot.i18n import _, day_and_time, fill, ngettext, number

# So much of the newest question and its answer stands on the desk card, in characters.
SHOWN_QUESTION = 150
SHOWN_ANSWER = 300


def ask_author() -> str:
    """The button of the desk card."""
    return _("❓ Ask the author")


def answer() -> str:
    """The author's button."""
    return _("💬 Answer")


def open_question(inquiry: InquiryCard) -> Markup:
    """For its author, to whom nobody says who asked."""
    return fill(_("❓ <b>The facilitator asks:</b> {question}"), question=inquiry.question)


def on_the_card(found: Inquiries) -> list[Markup]:
    """The newest question with its answer, in short, and how many went before it."""
    if found.newest is None:
        return []
    lines = [asked(found.newest, SHOWN_QUESTION, SHOWN_ANSWER)]
    if before := len(found.asked) - 1:
        lines.append(earlier(before))
    return lines


def asked(inquiry: InquiryCard, question: int, answer: int) -> Markup:
    """A question and its answer, in so many characters at most."""
    words = fill(_("❓ <b>Asked:</b> {question}"), question=shortened(inquiry.question, question))
    return Markup("\n").join([words, _answer(inquiry, answer)])


def _answer(inquiry: InquiryCard, width: int) -> Markup:
    if inquiry.answered_at is None:
        return fill(_("<i>No answer yet. Asked: {asked_at}</i>"), asked_at=day_and_time(inquiry.asked_at))
    if inquiry.answer is None:
        return fill(_("<i>The answer was deleted together with its author.</i>"))
    if not inquiry.answer:
        return fill(_("💬 <b>The author answered</b> with a voice message or a photo."))
    return fill(_("💬 <b>The author answered:</b> {answer}"), answer=shortened(inquiry.answer, width))


def earlier(count: int) -> Markup:
    return fill(
        ngettext("<i>And {count} earlier question</i>", "<i>And {count} earlier questions</i>", count),
        count=number(count),
    )
